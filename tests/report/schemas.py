"""What others publish about the files we write, by hand and in short: the schema by which the xUnit plugin of Jenkins refuses
JUnit files (junit-10), and of SARIF 2.1.0 the objects we use, closed as the published schema closes them."""
import re

TIME = re.compile(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\.[0-9]*)?")
OUTCOME = ({"type", "message"}, set(), set())
JUNIT = {  # element: attributes, those required, children
    "testsuites": ({"name", "time", "tests", "failures", "errors"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "group", "time", "skipped", "timestamp", "hostname", "id", "package",
                   "file", "log", "url"}, {"name", "tests", "failures", "errors"},
                  {"testsuite", "properties", "testcase", "system-out", "system-err"}),
    "testcase": ({"name", "time", "classname", "group"}, {"name"},
                 {"skipped", "error", "failure", "system-out", "system-err"}),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, {"name", "value"}, set()),
    "failure": OUTCOME, "error": OUTCOME, "skipped": OUTCOME,
}
WITH_TEXT = {"failure", "error", "skipped", "system-out", "system-err"}


def junit_faults(element):
    """Why the plugin would refuse the file: sentences."""
    if element.tag not in JUNIT:
        return [f"no element {element.tag}"]
    known, required, children = JUNIT[element.tag]
    faults = [f"{element.tag}: no attribute {a}" for a in element.attrib if a not in known]
    faults += [f"{element.tag}: {a} is missing" for a in required - set(element.attrib)]
    if element.tag in {"testsuite", "testsuites"} and not TIME.fullmatch(element.get("time", "")):
        faults.append(f"{element.tag}: time is {element.get('time')}")
    if element.tag not in WITH_TEXT and ((element.text or "").strip() or any((c.tail or "").strip() for c in element)):
        faults.append(f"{element.tag}: text")
    for child in element:
        faults += [f"{element.tag}: no {child.tag} in it"] if child.tag not in children else junit_faults(child)
    return faults


def closed(required=(), **properties):
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": properties}


TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed(["text"], text=TEXT, markdown=TEXT)
ARTIFACT = closed(uri={"type": "string", "pattern": r"^[A-Za-z0-9._~:/%-]*$"}, uriBaseId=TEXT)
REGION = closed(startLine=COUNT, startColumn=COUNT, endLine=COUNT, endColumn=COUNT)
LOCATION = closed(physicalLocation=closed(["artifactLocation"], artifactLocation=ARTIFACT, region=REGION),
                  logicalLocations={"type": "array", "uniqueItems": True, "items": closed(name=TEXT)})
RULE = closed(["id"], id=TEXT, name=TEXT, shortDescription=MESSAGE, fullDescription=MESSAGE, help=MESSAGE)
RESULT = closed(["message"], ruleId=TEXT, ruleIndex={"type": "integer", "minimum": 0}, level=LEVEL, message=MESSAGE,
                locations={"type": "array", "items": LOCATION},
                partialFingerprints={"type": "object", "additionalProperties": TEXT})
NOTIFICATION = closed(["message"], level=LEVEL, message=MESSAGE)
INVOCATION = closed(["executionSuccessful"], executionSuccessful={"type": "boolean"},
                    toolExecutionNotifications={"type": "array", "items": NOTIFICATION})
RUN = closed(["tool"],
             tool=closed(["driver"], driver=closed(["name"], name=TEXT, version=TEXT, rules={
                 "type": "array", "uniqueItems": True, "items": RULE})),
             invocations={"type": "array", "items": INVOCATION}, columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
             results={"type": "array", "items": RESULT})
SARIF = closed(["version", "runs"], **{"$schema": {"type": "string", "format": "uri"}, "version": {"enum": ["2.1.0"]},
                                       "runs": {"type": "array", "items": RUN}})
