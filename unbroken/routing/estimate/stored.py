"""What was learned as bytes, and back. Pure."""

import json
import zlib
from array import array
from typing import Any

from unbroken.routing.estimate.forest import Forest, Node
from unbroken.routing.estimate.model import Model
from unbroken.routing.estimate.standing import Lexicon
from unbroken.routing.estimate.week import Week

SHAPE = 1
"""Raised when the shape changes: what was learned in another one is learned anew."""


def to_bytes(model: Model) -> bytes:
    """A model as it is kept."""
    document = {
        "shape": SHAPE,
        "rates": model.week.rates,
        "ranks": model.lexicon.ranks,
        "middle": model.lexicon.middle,
        "grid": model.forest.grid,
        "cuts": model.forest.cuts,
        "trees": [_tree(tree) for tree in model.forest.trees],
        "levels": [[share, level] for share, level in model.levels.items()],
        "learned_from": model.learned_from,
    }
    return zlib.compress(json.dumps(document, separators=(",", ":")).encode())


def from_bytes(data: bytes) -> Model | None:
    """The model; None when it was kept in another shape."""
    document = json.loads(zlib.decompress(data))
    if document["shape"] != SHAPE:
        return None
    lexicon = Lexicon(())
    lexicon.ranks, lexicon.middle = document["ranks"], document["middle"]
    forest = Forest(document["grid"], document["cuts"])
    forest.trees = [_node(tree) for tree in document["trees"]]
    levels = dict(document["levels"])
    return Model(Week(document["rates"]), lexicon, forest, document["learned_from"], levels)


def _tree(node: Node) -> list[Any]:
    if node.below is None or node.above is None:
        return [[round(share, 4) for share in node.curve]]
    return [node.column, node.piece, _tree(node.below), _tree(node.above)]


def _node(kept: list[Any]) -> Node:
    if len(kept) == 1:
        return Node(curve=array("f", kept[0]))
    column, piece, below, above = kept
    return Node(column, piece, _node(below), _node(above))
