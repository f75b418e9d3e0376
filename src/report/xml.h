/* XML into a buffer: elements nest, text is escaped, control characters never get through. */
#ifndef HG_REPORT_XML_H
#define HG_REPORT_XML_H

#include "base/buf.h"
#include "base/status.h"

typedef enum hg_xml_kind {
	HG_XML_DOCUMENT, /* with the XML declaration, indented, <empty/>: an element has elements or a text */
	HG_XML_MARKUP,   /* part of an HTML page: <br/> and its like close themselves, all others get their end tag */
} hg_xml_kind;

typedef struct hg_xml {
	hg_buf *out;
	hg_xml_kind kind;
	hg_buf open;  /* the names of the open elements, outermost first, a NUL behind each */
	size_t depth; /* how many they are */
	bool in_tag;  /* the begin tag of the innermost still takes attributes */
	size_t text_at; /* the outermost of them that has text, counted from 1: no white space is put into it; 0: none has */
	bool failed;  /* sticks */
} hg_xml;

void hg_xml_open(hg_xml *xml, hg_xml_kind kind, hg_buf *out);
void hg_xml_begin(hg_xml *xml, const char *element);
void hg_xml_attr(hg_xml *xml, const char *name, hg_str value); /* one line; foreign text is cleaned */
void hg_xml_attr_count(hg_xml *xml, const char *name, size_t n);
void hg_xml_text(hg_xml *xml, hg_str text);  /* lines stay lines; foreign text is cleaned */
void hg_xml_raw(hg_xml *xml, hg_str markup); /* markup of our own, as it is */
void hg_xml_end(hg_xml *xml);                /* of the element begun last */
hg_status hg_xml_close(hg_xml *xml);         /* ends what is open; HG_ENOMEM if anything failed */

#endif
