"""Templates worded once: for each language an engine that compiles sentences into its pages.

A list asks a thousand times for words that are the same on every page. `_("…")` of a plain
sentence is looked up while a template is compiled, and stands in it as if it had been written
there; whoever asks for a template gets the one in the language of the request.
"""

from collections.abc import Callable, MutableMapping
from hashlib import sha256
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, Template, nodes
from jinja2.compiler import CodeGenerator
from jinja2.visitor import NodeTransformer

from unbroken.ground.words import LANGUAGES, LOCALE, current_language, in_language

WORDED = 1
"""Raised when pages are compiled in another way: what was compiled before is then left aside."""


class Worded(Environment):
    """The engine of one language."""

    language = "en"


class Engine(Environment):
    """What Django asks: it hands the template out in the language that is spoken."""

    spoken: dict[str, Worded]

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        return self.spoken[current_language()].get_template(name, parent, globals)


class CompiledBefore(FileSystemBytecodeCache):
    """Templates compiled by an earlier start, until they or the words of the language change."""

    def __init__(self, folder: str, language: str) -> None:
        super().__init__(folder, f"{language}-%s.cache")
        path = LOCALE / f"{language}.po"
        words = path.read_bytes() if path.exists() else b""
        self.words = sha256(words).hexdigest() + str(WORDED)

    def get_source_checksum(self, source: str) -> str:
        return sha256((self.words + source).encode()).hexdigest()


class _Wording(NodeTransformer):
    """Replaces a plain sentence by itself in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802  # named by the engine
        self.generic_visit(node)
        sentence = _plain_sentence(node)
        if sentence is None:
            return node
        values = {pair.key: pair.value.as_const() for pair in node.kwargs}
        worded = in_language(sentence, self.language, **values)
        return nodes.Const(worded, lineno=node.lineno)


def _plain_sentence(node: nodes.Call) -> str | None:
    """The sentence of `_("…")` whose values, if it has any, are known now."""
    is_call = isinstance(node.node, nodes.Name) and node.node.name == "_"
    if not is_call or len(node.args) != 1 or node.dyn_args or node.dyn_kwargs:
        return None
    if not all(isinstance(pair.value, nodes.Const) for pair in node.kwargs):
        return None
    text = node.args[0]
    return text.value if isinstance(text, nodes.Const) and isinstance(text.value, str) else None


class _Compiler(CodeGenerator):
    """Words the page before it is compiled."""

    environment: Worded

    def visit_Template(self, node: nodes.Template, frame: Any = None) -> None:  # noqa: N802
        super().visit_Template(_Wording(self.environment.language).visit(node), frame)


def engine(make: Callable[[type[Environment], str], Environment]) -> Engine:
    """The engine of each language, made by `make`, behind one for all."""
    front: Any = make(Engine, "en")
    front.spoken = {}
    for language in LANGUAGES:
        one: Any = make(Worded, language)
        one.language, one.code_generator_class = language, _Compiler
        front.spoken[language] = one
    return front  # type: ignore[no-any-return]
