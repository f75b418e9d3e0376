#include "report/markup.h"

#include "report/xml.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct hg_markup {
	hg_xml xml;
};

hg_markup *hg_markup_new(hg_buf *out)
{
	hg_markup *m = calloc(1, sizeof *m);
	if (m)
		hg_xml_open(&m->xml, HG_XML_MARKUP, out);
	return m;
}

hg_status hg_markup_end(hg_markup *m)
{
	hg_status status = hg_xml_close(&m->xml);
	free(m);
	return status;
}

void hg_markup_open(hg_markup *m, const char *element) { hg_xml_begin(&m->xml, element); }

void hg_markup_close(hg_markup *m) { hg_xml_end(&m->xml); }

void hg_markup_attr(hg_markup *m, const char *name, const char *value)
{
	if (value)
		hg_xml_attr(&m->xml, name, hg_str_of(value));
}

void hg_markup_str(hg_markup *m, hg_str text)
{
	if (text.n)
		hg_xml_text(&m->xml, text);
}

void hg_markup_text(hg_markup *m, const char *text) { hg_markup_str(m, hg_str_of(text)); }

void hg_markup_raw(hg_markup *m, hg_str markup)
{
	if (markup.n)
		hg_xml_raw(&m->xml, markup);
}

void hg_markup_used(hg_markup *m, hg_buf *part)
{
	m->xml.failed |= part->failed;
	hg_buf_free(part);
}

/* To be freed; NULL: there is no memory, and m->xml says so. */
static char *formatted(hg_markup *m, const char *format, va_list args)
{
	char *text = NULL;
	if (vasprintf(&text, format, args) >= 0)
		return text;
	m->xml.failed = true;
	return NULL;
}

void hg_markup_attr_print(hg_markup *m, const char *name, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = formatted(m, format, args);
	va_end(args);
	if (!text)
		return;
	hg_markup_attr(m, name, text);
	free(text);
}

void hg_markup_print(hg_markup *m, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	char *text = formatted(m, format, args);
	va_end(args);
	if (!text)
		return;
	hg_markup_text(m, text);
	free(text);
}

void hg_markup_put(hg_markup *m, const char *element, const char *class, const char *text)
{
	hg_markup_open(m, element);
	hg_markup_attr(m, "class", class);
	hg_markup_text(m, text);
	hg_markup_close(m);
}
