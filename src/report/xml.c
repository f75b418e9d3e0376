#include "report/xml.h"

#include "report/safe.h"

#include <libxml/xmlwriter.h>
#include <limits.h>
#include <stdio.h>

static int into_buffer(void *buf, const char *bytes, int n)
{
	hg_buf_add(buf, bytes, (size_t)n);
	return ((hg_buf *)buf)->failed ? -1 : n;
}

static int leave_open(void *buf)
{
	(void)buf;
	return 0;
}

/* libxml2 would print its troubles; ours travel as a status. */
static void say_nothing(void *context, const char *format, ...)
{
	(void)context;
	(void)format;
}

static void tried(hg_xml *xml, int result)
{
	if (result < 0)
		xml->failed = true;
}

void hg_xml_open(hg_xml *xml, hg_xml_kind kind, hg_buf *out)
{
	*xml = (hg_xml){.out = out};
	xmlSetGenericErrorFunc(NULL, say_nothing);
	xmlOutputBufferPtr bytes = xmlOutputBufferCreateIO(into_buffer, leave_open, out, NULL);
	xml->writer = bytes ? xmlNewTextWriter(bytes) : NULL;
	if (!xml->writer) {
		if (bytes)
			xmlOutputBufferClose(bytes);
		xml->failed = true;
		return;
	}
	if (kind == HG_XML_DOCUMENT) {
		tried(xml, xmlTextWriterSetIndent(xml->writer, 1));
		tried(xml, xmlTextWriterStartDocument(xml->writer, NULL, "UTF-8", NULL));
	}
}

void hg_xml_begin(hg_xml *xml, const char *element)
{
	if (!xml->failed)
		tried(xml, xmlTextWriterStartElement(xml->writer, (const xmlChar *)element));
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

/* Cleaned and escaped here and not by libxml2, which drops a text without a word when it is out of memory. */
static void write_escaped(hg_xml *xml, hg_str text, hg_safe_for what)
{
	hg_buf clean = {0}, escaped = {0};
	hg_safe(text, what, &clean);
	for (size_t i = 0, n; i < clean.n; i += n) {
		const char *entity = entity_of(clean.p[i]);
		for (n = 1; !entity && i + n < clean.n && !entity_of(clean.p[i + n]); n++)
			;
		if (entity)
			hg_buf_text(&escaped, entity);
		else
			hg_buf_add(&escaped, clean.p + i, n);
	}
	if (clean.failed || escaped.failed || escaped.n > INT_MAX)
		xml->failed = true;
	else
		tried(xml, xmlTextWriterWriteRawLen(xml->writer, (const xmlChar *)hg_buf_slice(&escaped).p, (int)escaped.n));
	hg_buf_free(&clean);
	hg_buf_free(&escaped);
}

void hg_xml_attr(hg_xml *xml, const char *name, hg_str value)
{
	if (xml->failed)
		return;
	tried(xml, xmlTextWriterStartAttribute(xml->writer, (const xmlChar *)name));
	write_escaped(xml, value, HG_SAFE_LINE);
	if (!xml->failed)
		tried(xml, xmlTextWriterEndAttribute(xml->writer));
}

void hg_xml_attr_count(hg_xml *xml, const char *name, size_t n)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%zu", n);
	hg_xml_attr(xml, name, (hg_str){digits, (size_t)length});
}

void hg_xml_text(hg_xml *xml, hg_str text)
{
	if (!xml->failed)
		write_escaped(xml, text, HG_SAFE_LINES);
}

void hg_xml_end(hg_xml *xml)
{
	if (!xml->failed)
		tried(xml, xmlTextWriterEndElement(xml->writer));
}

hg_status hg_xml_close(hg_xml *xml)
{
	if (xml->writer && !xml->failed)
		tried(xml, xmlTextWriterEndDocument(xml->writer));
	if (xml->writer)
		xmlFreeTextWriter(xml->writer);
	xml->writer = NULL;
	if (xml->failed)
		xml->out->failed = true;
	return xml->failed || xml->out->failed ? HG_ENOMEM : HG_OK;
}
