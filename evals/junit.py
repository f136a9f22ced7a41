"""Write a run as JUnit XML, for CI: one test a case, one a rule of the gate."""

from collections import defaultdict
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from evals.gate import Verdict
from evals.results import Result
from evals.trial import Finding, Kind


def junit_xml(results: Sequence[Result], verdict: Verdict) -> bytes:
    """Return the XML document.

    A case fails when the gate fails for it; one that is not right but tolerated is skipped, so
    that a green gate is a green report and what is weak is still seen.
    """
    root = Element("testsuites", name="vagvisaren eval")
    blamed: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for finding in verdict.failures:
        blamed[finding.suite, finding.case].append(finding)
    for suite in dict.fromkeys(result.suite for result in results):
        own = [result for result in results if result.suite == suite]
        element = SubElement(root, "testsuite", name=suite, tests=str(len(own)))
        for result in own:
            _add_case(element, result, blamed[suite, result.id])
        _count(element)
    _add_gate(root, verdict)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _add_case(parent: Element, result: Result, findings: Sequence[Finding]) -> None:
    seconds = f"{result.ms / 1000:.3f}"
    case = SubElement(parent, "testcase", classname=result.suite, name=result.id, time=seconds)
    for finding in findings:
        failure = SubElement(case, "failure", type=finding.kind, message=_plain(finding.text))
        failure.text = _plain(f"{result.outcome} {result.short} {' '.join(result.cited)}")
    if not findings and result.metrics.get("right", 1) != 1:
        SubElement(case, "skipped", message="inte rätt, men inom policyn")


def _add_gate(root: Element, verdict: Verdict) -> None:
    """Add a test for each rule of the gate; it fails with everything found against it."""
    element = SubElement(root, "testsuite", name="gate", tests=str(len(Kind)))
    for kind in Kind:
        case = SubElement(element, "testcase", classname="gate", name=kind)
        texts = [finding.text for finding in verdict.failures if finding.kind is kind]
        if texts:
            message = _plain(f"{len(texts)} brister")
            SubElement(case, "failure", type=kind, message=message).text = _plain("\n".join(texts))
    _count(element)


def _count(suite: Element) -> None:
    suite.set("failures", str(len(suite.findall("testcase[failure]"))))
    suite.set("skipped", str(len(suite.findall("testcase[skipped]"))))


def _plain(text: str) -> str:
    """Leave out what XML 1.0 cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff"))
