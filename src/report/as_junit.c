/* JUnit XML by the schema of Jenkins' xUnit plugin (a classname always, names that are unique, message and content
 * both); with options->places also the file and line GitLab shows, which that schema refuses.
 * failure: disagrees. error: cannot be read, or the whole file could not be. skipped: cannot tell. */
#include "report/message.h"
#include "report/phrase.h"
#include "report/xml.h"

#include <string.h>

typedef struct totals {
	size_t tests, failures, errors, skipped;
} totals;

/* Definitions, and relations that claim nothing, are no tests. */
static bool is_test(const hg_finding *f) { return f->status != HG_S_DEFINED && f->status != HG_S_SKIPPED; }

static totals count(const hg_report *r)
{
	totals t = {.failures = r->count[HG_S_DISAGREES],
	            .errors = r->count[HG_S_CANNOT_READ] + (r->trouble != NULL),
	            .skipped = r->count[HG_S_CANNOT_TELL]};
	t.tests = t.failures + t.errors + t.skipped + r->count[HG_S_AGREES] + r->count[HG_S_NOTATION];
	return t;
}

static void write_totals(hg_xml *xml, totals t)
{
	hg_xml_attr_count(xml, "tests", t.tests);
	hg_xml_attr_count(xml, "failures", t.failures);
	hg_xml_attr_count(xml, "errors", t.errors);
}

/* "class/hw3.md" -> "hw3": readers split the name at its last dot. */
static hg_str class_of(const hg_report *r)
{
	hg_str name = hg_str_of(r->title);
	const char *slash = strrchr(r->title, '/');
	if (slash)
		name = hg_str_of(slash + 1);
	const char *dot = memchr(name.p, '.', name.n);
	return dot && dot > name.p ? hg_str_part(name, 0, (size_t)(dot - name.p)) : name;
}

static void write_outcome(hg_xml *xml, const hg_report *r, const hg_finding *f, const hg_write_options *options)
{
	hg_write_options plain = *options;
	plain.color = false;
	hg_buf message = {0}, content = {0};
	hg_say_title(f, &message);
	bool skipped = f->status == HG_S_CANNOT_TELL;
	hg_xml_begin(xml, f->status == HG_S_DISAGREES ? "failure" : skipped ? "skipped" : "error");
	hg_xml_attr(xml, "message", hg_buf_slice(&message));
	if (!skipped) {
		const char *status = hg_finding_status_text(f->status);
		hg_xml_attr(xml, "type", hg_str_of(f->nslips ? f->slip->id : status));
	}
	hg_message_write(r, f, &plain, &content);
	hg_xml_text(xml, hg_buf_slice(&content));
	hg_xml_end(xml);
	xml->failed |= message.failed || content.failed;
	hg_buf_free(&message);
	hg_buf_free(&content);
}

static void write_case(hg_xml *xml, const hg_report *r, const hg_finding *f, const hg_write_options *options)
{
	hg_buf name = {0};
	hg_buf_print(&name, "%s ", f->id); /* the id makes it unique */
	hg_say_subject(f, &name);
	hg_xml_begin(xml, "testcase");
	hg_xml_attr(xml, "classname", class_of(r));
	hg_xml_attr(xml, "name", hg_buf_slice(&name));
	if (r->source && options->places) {
		hg_xml_attr(xml, "file", hg_str_of(r->source->path));
		hg_xml_attr_count(xml, "line", hg_source_place(r->source, f->span.at).line);
	}
	if (f->status != HG_S_AGREES && f->status != HG_S_NOTATION)
		write_outcome(xml, r, f, options);
	hg_xml_end(xml);
	xml->failed |= name.failed;
	hg_buf_free(&name);
}

static void write_trouble(hg_xml *xml, const hg_report *r)
{
	hg_xml_begin(xml, "testcase");
	hg_xml_attr(xml, "classname", class_of(r));
	hg_xml_attr(xml, "name", HG_STR("can be checked"));
	hg_xml_begin(xml, "error");
	hg_xml_attr(xml, "message", hg_str_of(r->trouble));
	hg_xml_attr(xml, "type", HG_STR("trouble"));
	hg_xml_text(xml, hg_str_of(r->trouble));
	hg_xml_end(xml);
	hg_xml_end(xml);
}

static void write_suite(hg_xml *xml, const hg_report *r, const hg_write_options *options)
{
	hg_xml_begin(xml, "testsuite");
	hg_xml_attr(xml, "name", hg_str_of(r->title));
	totals t = count(r);
	write_totals(xml, t);
	hg_xml_attr_count(xml, "skipped", t.skipped);
	if (r->source)
		hg_xml_attr(xml, "file", hg_str_of(r->source->path));
	for (size_t i = 0; i < r->nfindings; i++)
		if (is_test(&r->finding[i]))
			write_case(xml, r, &r->finding[i], options);
	if (r->trouble)
		write_trouble(xml, r);
	hg_xml_end(xml);
}

hg_status hg_write_junit(const hg_report *const *reports, size_t n, const hg_write_options *options, hg_buf *out)
{
	totals all = {0};
	for (size_t i = 0; i < n; i++) {
		totals t = count(reports[i]);
		all.tests += t.tests;
		all.failures += t.failures;
		all.errors += t.errors;
	}
	hg_xml xml;
	hg_xml_open(&xml, HG_XML_DOCUMENT, out);
	hg_xml_begin(&xml, "testsuites");
	write_totals(&xml, all);
	for (size_t i = 0; i < n; i++)
		write_suite(&xml, reports[i], options);
	hg_xml_end(&xml);
	return hg_xml_close(&xml);
}
