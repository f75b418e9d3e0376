#include "report/xml.h"

#include "report/safe.h"

#include <stdio.h>
#include <string.h>

void hg_xml_open(hg_xml *xml, hg_xml_kind kind, hg_buf *out)
{
	*xml = (hg_xml){.out = out, .kind = kind};
	if (kind == HG_XML_DOCUMENT)
		hg_buf_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
}

/* A new line, indented for an element with so many around it; nothing where white space would be read as text. */
static void new_line(hg_xml *xml, size_t around)
{
	if (xml->kind != HG_XML_DOCUMENT || xml->text_at)
		return;
	hg_buf_char(xml->out, '\n');
	for (size_t i = 0; i < around; i++)
		hg_buf_char(xml->out, ' ');
}

static void end_tag_begun(hg_xml *xml)
{
	if (xml->in_tag)
		hg_buf_char(xml->out, '>');
	xml->in_tag = false;
}

/* What comes now is text of the innermost element. */
static void begin_text(hg_xml *xml)
{
	end_tag_begun(xml);
	if (!xml->text_at)
		xml->text_at = xml->depth;
}

void hg_xml_begin(hg_xml *xml, const char *element)
{
	end_tag_begun(xml);
	if (xml->depth)
		new_line(xml, xml->depth);
	hg_buf_char(xml->out, '<');
	hg_buf_text(xml->out, element);
	hg_buf_add(&xml->open, element, strlen(element) + 1);
	xml->depth++;
	xml->in_tag = true;
}

static const char *entity_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	default:
		return NULL;
	}
}

static void write_escaped(hg_xml *xml, hg_str text, hg_safe_for what)
{
	hg_buf clean = {0};
	hg_safe(text, what, &clean);
	for (size_t i = 0, n; i < clean.n; i += n) {
		const char *entity = entity_of(clean.p[i]);
		for (n = 1; !entity && i + n < clean.n && !entity_of(clean.p[i + n]); n++)
			;
		if (entity)
			hg_buf_text(xml->out, entity);
		else
			hg_buf_add(xml->out, clean.p + i, n);
	}
	xml->failed |= clean.failed;
	hg_buf_free(&clean);
}

void hg_xml_attr(hg_xml *xml, const char *name, hg_str value)
{
	if (!xml->in_tag) {
		xml->failed = true;
		return;
	}
	hg_buf_char(xml->out, ' ');
	hg_buf_text(xml->out, name);
	hg_buf_text(xml->out, "=\"");
	write_escaped(xml, value, HG_SAFE_LINE);
	hg_buf_char(xml->out, '"');
}

void hg_xml_attr_count(hg_xml *xml, const char *name, size_t n)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%zu", n);
	hg_xml_attr(xml, name, (hg_str){digits, (size_t)length});
}

void hg_xml_text(hg_xml *xml, hg_str text)
{
	begin_text(xml);
	write_escaped(xml, text, HG_SAFE_LINES);
}

void hg_xml_raw(hg_xml *xml, hg_str markup)
{
	begin_text(xml);
	hg_buf_str(xml->out, markup);
}

/* HTML's void elements, those of them that are written here. */
static bool is_void(const char *element)
{
	static const char *const elements[] = {"meta", "br", "hr", "img", "link", "input", "col"};
	for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
		if (strcmp(element, elements[i]) == 0)
			return true;
	return false;
}

void hg_xml_end(hg_xml *xml)
{
	if (xml->depth == 0 || xml->open.failed) {
		xml->failed = true;
		return;
	}
	size_t at = xml->open.n - 1;
	while (at && xml->open.p[at - 1])
		at--;
	const char *element = xml->open.p + at;
	if (xml->in_tag && (xml->kind == HG_XML_DOCUMENT || is_void(element))) {
		hg_buf_text(xml->out, "/>");
	} else {
		end_tag_begun(xml);
		new_line(xml, xml->depth - 1);
		hg_buf_text(xml->out, "</");
		hg_buf_text(xml->out, element);
		hg_buf_char(xml->out, '>');
	}
	if (xml->text_at == xml->depth)
		xml->text_at = 0;
	xml->in_tag = false;
	xml->open.n = at;
	xml->depth--;
}

hg_status hg_xml_close(hg_xml *xml)
{
	while (xml->depth && !xml->open.failed)
		hg_xml_end(xml);
	hg_buf_char(xml->out, '\n');
	xml->failed |= xml->open.failed;
	hg_buf_free(&xml->open);
	xml->out->failed |= xml->failed;
	return xml->out->failed ? HG_ENOMEM : HG_OK;
}
