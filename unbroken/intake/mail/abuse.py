"""Reports of abuse by one of our customers: ARF (RFC 5965), X-ARF and XARF in JSON."""

import json
import re
from datetime import UTC, datetime
from typing import Final

from unbroken.intake.inbound import AbuseReport
from unbroken.intake.mail import charsets, dates, headers, mime
from unbroken.intake.mail.headers import Head
from unbroken.intake.mail.mime import Tree

_REPORT_BYTES_MAX: Final = 1_000_000
_FIELDS_MAX: Final = 60
_YAML_LINE: Final = re.compile(r"^([A-Za-z][A-Za-z0-9-]{1,40})\s*:\s*(.{0,1000})$")


def read(raw: bytes, tree: Tree, head: Head) -> AbuseReport | None:
    """The complaint; None when this mail is none."""
    is_xarf = (head.has("x-arf") or head.has("x-xarf")) and _says_yes(head)
    for part in tree.leaves():
        if part.end - part.start > _REPORT_BYTES_MAX:
            continue
        if part.type == "message/feedback-report":
            return _from_arf(mime.content(raw, part))
        if part.type == "application/json" or part.file_name().lower().endswith(
            (".json", "xarf.json")
        ):
            found = _from_json(mime.content(raw, part), certain=is_xarf)
            if found:
                return found
        if is_xarf and part.type in ("text/plain", "application/x-yaml", "text/yaml"):
            found = _from_lines(mime.content(raw, part))
            if found:
                return found
    if tree.root.params.get("report-type", "").lower() == "feedback-report":
        return AbuseReport("arf", "abuse", None, None, None)
    return AbuseReport("xarf", "abuse", None, None, None) if is_xarf else None


def _says_yes(head: Head) -> bool:
    said = (head.first("x-arf") or head.first("x-xarf")).strip().lower()
    return said in ("yes", "plain", "secure", "bulk", "true", "1", "json")


def _from_arf(data: bytes) -> AbuseReport:
    data = data.replace(b"\r\n", b"\n") + b"\n"
    fields = headers.cut_head(data, mime.start_of(data), len(data))[0]
    happened = dates.read(fields.first("arrival-date") or fields.first("received-date"))
    return AbuseReport(
        form="arf",
        category=fields.first("feedback-type").strip().lower() or "abuse",
        source=fields.text("source-ip") or fields.text("reported-domain") or None,
        reporter=fields.text("user-agent") or None,
        happened_at=happened,
        fields=tuple(
            (name, headers.readable(value)[:1000]) for name, value in fields.fields[:_FIELDS_MAX]
        ),
    )


def _from_json(data: bytes, *, certain: bool) -> AbuseReport | None:
    try:
        said = json.loads(charsets.decode(data, "utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    if not certain and not any(
        key in said for key in ("xarf_version", "ReporterInfo", "reporter_info", "Reporter-Info")
    ):
        return None
    report = said.get("Report") if isinstance(said.get("Report"), dict) else said
    assert isinstance(report, dict)
    return AbuseReport(
        form="xarf",
        category=_first_text(report, "type", "ReportType", "category", "ReportClass") or "abuse",
        source=_first_text(
            report, "source_identifier", "SourceIp", "source_ip", "Source", "sourceIp"
        ),
        reporter=_reporter(said),
        happened_at=_instant(_first_text(report, "timestamp", "Date", "date", "reported_at")),
        fields=tuple(
            (str(key)[:100], charsets.tidy(str(value))[:1000])
            for key, value in list(report.items())[:_FIELDS_MAX]
            if isinstance(value, str | int | float)
        ),
    )


def _reporter(said: dict[object, object]) -> str | None:
    for key in ("reporter", "ReporterInfo", "reporter_info"):
        who = said.get(key)
        if isinstance(who, dict):
            return _first_text(who, "org", "ReporterOrg", "contact", "ReporterOrgEmail", "email")
    return None


def _first_text(said: dict[object, object], *keys: str) -> str | None:
    for key in keys:
        value = said.get(key)
        if isinstance(value, str) and value.strip():
            return charsets.tidy(value.strip())[:500]
    return None


def _instant(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text.strip().replace("Z", "+00:00"))
    except ValueError:
        return dates.read(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _from_lines(data: bytes) -> AbuseReport | None:
    """X-ARF 0.1 and 0.2: `Key: value` lines."""
    fields: dict[str, str] = {}
    for line in charsets.decode(data).split("\n")[:300]:
        found = _YAML_LINE.match(line.strip())
        if found:
            fields.setdefault(found[1].lower(), found[2].strip().strip("'\""))
    if "source" not in fields and "report-type" not in fields and "category" not in fields:
        return None
    return AbuseReport(
        form="xarf",
        category=fields.get("report-type") or fields.get("category") or "abuse",
        source=fields.get("source"),
        reporter=fields.get("reported-from"),
        happened_at=_instant(fields.get("date")),
        fields=tuple(list(fields.items())[:_FIELDS_MAX]),
    )
