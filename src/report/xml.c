#include "report/xml.h"

#include "report/safe.h"

#include <libxml/xmlwriter.h>
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

static void tried(hg_xml *xml, int result)
{
	if (result < 0)
		xml->failed = true;
}

void hg_xml_open(hg_xml *xml, hg_xml_kind kind, hg_buf *out)
{
	*xml = (hg_xml){.out = out};
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

/* The cleaned text, NUL-terminated, in *buf; NULL when it failed. */
static const xmlChar *cleaned(hg_xml *xml, hg_str text, hg_safe_for what, hg_buf *buf)
{
	hg_safe(text, what, buf);
	hg_buf_char(buf, '\0');
	if (buf->failed)
		xml->failed = true;
	return buf->failed ? NULL : (const xmlChar *)buf->p;
}

void hg_xml_attr(hg_xml *xml, const char *name, hg_str value)
{
	hg_buf buf = {0};
	const xmlChar *clean = xml->failed ? NULL : cleaned(xml, value, HG_SAFE_LINE, &buf);
	if (clean)
		tried(xml, xmlTextWriterWriteAttribute(xml->writer, (const xmlChar *)name, clean));
	hg_buf_free(&buf);
}

void hg_xml_attr_count(hg_xml *xml, const char *name, size_t n)
{
	char digits[32];
	int length = snprintf(digits, sizeof digits, "%zu", n);
	hg_xml_attr(xml, name, (hg_str){digits, (size_t)length});
}

void hg_xml_text(hg_xml *xml, hg_str text)
{
	hg_buf buf = {0};
	const xmlChar *clean = xml->failed ? NULL : cleaned(xml, text, HG_SAFE_LINES, &buf);
	if (clean)
		tried(xml, xmlTextWriterWriteString(xml->writer, clean));
	hg_buf_free(&buf);
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
