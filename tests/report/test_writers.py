"""The writers, on reports made by hand: what they write is parsed back by real parsers, and fits.

usage: test_writers.py WRITE_MADE SCHEMA [NAME OF A TEST]
"""
import json
import re
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree

import jsonschema

import schemas

WRITE, SCHEMA = sys.argv[1], json.load(open(sys.argv[2]))
REPORTS = ["document", "hostile", "module", "stopped", "several", "twin"]
DETAIL = {"none": "0", "where": "1", "evidence": "2", "full": "3"}
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")


def written(form, name, *more):
    return subprocess.run([WRITE, form, name, *more], capture_output=True, check=True).stdout.decode("utf-8")


def width(line):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def test_json_is_valid_by_the_schema():
    for name in REPORTS:
        jsonschema.validate(json.loads(written("json", name)), SCHEMA)


def test_the_schema_refuses_what_is_not_a_report():
    report = json.loads(written("json", "module"))
    for spoil in (lambda r: r.pop("seed"), lambda r: r["findings"][0].update(status="fine"),
                  lambda r: r["summary"].pop("agrees"), lambda r: r["findings"][1]["slip"].pop("id"),
                  lambda r: r["findings"][0]["evidence"].update(resolution="2e-12"), lambda r: r.update(schema="v2")):
        spoilt = json.loads(json.dumps(report))
        spoil(spoilt)
        try:
            jsonschema.validate(spoilt, SCHEMA)
        except jsonschema.ValidationError:
            continue
        raise AssertionError("the schema lets it pass")


def test_json_says_what_the_report_says():
    report = json.loads(written("json", "document"))
    assert list(report) == ["schema", "program", "seed", "source", "trouble", "model", "findings", "notes", "power", "summary"]
    by_id = {f["id"]: f for f in report["findings"]}
    sign = by_id["4.1"]
    assert sign["span"] == {"line": 6, "column": 26, "end_line": 6, "end_column": 36}, sign["span"]
    assert sign["slip"]["id"] == "sign" and sign["slip"]["title"] == "opposite sign"
    assert sign["evidence"]["ratio"] == -1 and sign["evidence"]["yours"] == -0.63013
    assert by_id["8.1"]["evidence"]["yours"] is None  # NaN
    assert by_id["8.1"]["span"]["line"] == 10 and by_id["8.1"]["span"]["end_line"] == 11
    assert by_id["7.1"]["also"] == ["constant-factor"]
    assert by_id["9.1"]["inherited_from"] == "3.1"
    assert by_id["5.1"]["unread"]["column"] == 51
    assert report["summary"]["disagrees"] == 5 and sum(report["summary"].values()) == len(report["findings"])
    assert isinstance(json.loads(written("json", "several")), list)


def test_json_keeps_hostile_text_to_the_letter():
    finding = json.loads(written("json", "hostile"))["findings"][0]
    assert "\x1b[2J" in finding["written"] and "</script>" in finding["written"]
    assert "\ufffd\ufffd" in finding["written"]  # the two bytes that are no UTF-8


def test_text_fits_and_is_safe():
    for name in REPORTS:
        for detail in DETAIL.values():
            for line in written("text", name, detail).splitlines():
                assert not CONTROL.search(line), ascii(line)
                fixed = line.lstrip().startswith(("replay", "-->", "next"))  # to be pasted whole
                assert fixed or width(line) <= 80, f"{width(line)}: {line}"


def test_marks_stand_under_what_they_mean():
    lines = written("text", "document").splitlines()
    checked = 0
    for at, line in enumerate(lines):
        mark = re.match(r"( +\| )( *)(\^+)", line)
        if not mark:
            continue
        checked += 1
        source = lines[at - 1]
        cells, under = 0, ""
        for c in source:
            if len(mark[1] + mark[2]) <= cells < len(mark[0]):
                under += c
            cells += 2 if unicodedata.east_asian_width(c) in "WF" else 1
        assert under in {r"\hat y - y \cdot x^T", r"y - \hat y", r"\heartsuit", r"$\mathrm{ReLU}'(0) = 1",
                         r"\left( x^{(i)} \right)", r"W \\", r"&\quad (\hat y - y)"}, under
    assert checked == 7


def test_detail_gives_away_no_more_than_asked():
    none, where, evidence, full = (written("text", "document", d) for d in DETAIL.values())
    assert "^^^" not in none and "opposite sign" not in none and "yours" not in none and "disagrees: dL/db" in none
    assert "^^^" in where and "opposite sign" not in where and "yours" not in where and "[sign]" not in where
    assert "yours" in evidence and "opposite sign" in evidence and "repaired" not in evidence
    assert r"repaired  \hat y - y" in full


def test_colour_is_the_only_difference_it_makes():
    plain, colored = written("text", "document", "2"), written("text", "document", "2", "color")
    assert "\x1b[" in colored and re.sub("\x1b\\[[0-9;]*m", "", colored) == plain


def test_the_summary_is_the_last_line_and_a_replay_stands_before_it():
    lines = written("text", "module").splitlines()
    assert lines[-1] == "2 agree, 1 disagrees; seed 7"
    assert lines[-2] == "replay  handgrad derive relu_bce --seed 7 --only relu_bce.dW2"
    assert lines[-3] == "next    handgrad explain missing-mean"


def test_junit_is_read_back():
    for name in REPORTS:
        suites = xml.etree.ElementTree.fromstring(written("junit", name).encode())
        assert suites.tag == "testsuites"
        for suite in suites:
            cases = suite.findall("testcase")
            names = [c.get("name") for c in cases]
            assert len(set(names)) == len(names)
            assert all(c.get("classname") and "." not in c.get("classname") for c in cases), names
            assert int(suite.get("tests")) == len(cases)
            for kind, attribute in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
                found = [c.find(kind) for c in cases if c.find(kind) is not None]
                assert int(suite.get(attribute)) == len(found), (name, kind)
                assert all(f.get("message") for f in found)
                assert all(f.text and f.text.strip() for f in found if kind == "failure")
        assert int(suites.get("tests")) == sum(int(s.get("tests")) for s in suites)


def test_junit_is_what_the_xunit_plugin_takes():
    for name in REPORTS:
        root = xml.etree.ElementTree.fromstring(written("junit", name).encode())
        assert not schemas.junit_faults(root), (name, schemas.junit_faults(root))
    placed = xml.etree.ElementTree.fromstring(written("junit", "document", "2", "plain", "places").encode())
    assert {f.split(": ")[1] for f in schemas.junit_faults(placed)} == {"no attribute file", "no attribute line"}


def test_junit_places_the_failure():
    suites = xml.etree.ElementTree.fromstring(written("junit", "document", "2", "plain", "places").encode())
    sign = [c for c in suites.iter("testcase") if c.get("name").startswith("4.1")][0]
    assert (sign.get("classname"), sign.get("file"), sign.get("line")) == ("hw3", "class/hw3.md", "6")
    assert sign.find("failure").get("type") == "sign" and "opposite sign" in sign.find("failure").get("message")
    names = [c.get("name").split()[0] for c in suites.iter("testcase")]
    findings = json.loads(written("json", "document"))["findings"]
    assert names == [f["id"] for f in findings if f["status"] not in {"defined", "skipped"}], "what claims nothing is no test"


def test_sarif_is_valid_and_says_what_the_report_says():
    for name in REPORTS:
        log = json.loads(written("sarif", name))
        jsonschema.Draft4Validator(schemas.SARIF).validate(log)
        reports = json.loads(written("json", name))
        run, reports = log["runs"][0], reports if isinstance(reports, list) else [reports]
        rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
        assert len(set(rules)) == len(rules) and all(r["ruleId"] == rules[r["ruleIndex"]] for r in run["results"])
        found = [f for r in reports for f in r["findings"]
                 if f["status"] in {"cannot-read", "cannot-tell"} or (f["status"] == "disagrees" and not f["inherited_from"])]
        assert [r["partialFingerprints"]["handgrad/v1"] for r in run["results"]] == [f["id"] for f in found], name
        for result, f in zip(run["results"], found):
            assert result["level"] == ("error" if f["status"] == "disagrees" else "warning")
            assert not f["slip"] or f["status"] != "disagrees" or result["ruleId"] == f["slip"]["id"]
        assert run["invocations"][0]["executionSuccessful"] == all(r["trouble"] is None for r in reports)
    log = json.loads(written("sarif", "document"))["runs"][0]
    sign = [r for r in log["results"] if r["ruleId"] == "sign"][0]
    place = sign["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "class/hw3.md"
    line = "\u68af\u5ea6:\t$\\frac{dL}{db} = y - \\hat y$"
    assert place["region"] == {"startLine": 6, "startColumn": line.index("y - ") + 1, "endLine": 6,
                               "endColumn": line.index("$", 5) + 1}, "columns count characters"
    rule = log["tool"]["driver"]["rules"][sign["ruleIndex"]]
    assert rule["shortDescription"]["text"] == "opposite sign" and rule["help"]["text"].startswith("Symptom:")
    assert "opposite" not in written("sarif", "document", DETAIL["where"])
    assert "region" not in written("sarif", "document", DETAIL["none"])


def test_a_line_a_finding_is_what_editors_read():
    lines = written("line", "document").splitlines()
    assert "class/hw3.md:6:26: error: dL/db: opposite sign [sign]" in lines, lines
    for name in REPORTS:
        for line in written("line", name).splitlines():
            assert name == "hostile" or re.match(r"[^:]+(:\d+:\d+)?(, cell \d+, line \d+, column \d+)?: (error|warning|note): .", line), line
            assert not CONTROL.search(line), ascii(line)
    assert "opposite" not in written("line", "document", DETAIL["where"])


def test_github_shows_commands_and_nobody_elses():
    for name in REPORTS:
        lines = written("github", name).split("\n")
        assert lines[0].startswith("::stop-commands::")
        token = lines[0].removeprefix("::stop-commands::")
        end = lines.index(f"::{token}::")
        assert all(token not in line for line in lines[1:end])
        for line in lines[end + 1:-1]:
            assert re.match(r"::(error|warning|notice)( [a-zA-Z]+=[^:]*)?::", line), line
            assert not CONTROL.search(line), ascii(line)
            head = line.split("::")[1]
            for parameter in head.partition(" ")[2].split(","):
                assert re.match(r"(file|line|endLine|col|endColumn|title)=[^,:\n]*$", parameter), line


def test_github_escapes_and_places():
    assert "::error file=class/hw3.md,line=6,endLine=6,col=26,endColumn=36,title=4.1 disagrees::dL/db: opposite sign%0A" \
        "yours -0.630130, numerical +0.630130\n" in written("github", "document")
    assert "file=a%2Cb%3Ac%25" in written("github", "hostile")


def test_the_step_summary_is_a_table_without_foreign_markup():
    text = written("summary", "hostile")
    assert "<script>" not in text and "[31m" not in text and "`" not in text
    assert written("summary", "document").count("\n| ") == 1 + 7


def test_two_runs_write_the_same_bytes():
    for form in ("text", "json", "junit", "sarif", "line", "github", "summary"):
        for name in REPORTS:
            assert written(form, name) == written(form, name)


if __name__ == "__main__":
    tests = {n: f for n, f in globals().items() if n.startswith("test_")}
    for test in [tests[n] for n in sys.argv[3:]] or tests.values():
        test()
        print("ok", test.__name__)
