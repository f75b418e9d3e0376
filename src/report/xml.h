/* XML into a buffer, by libxml2's writer: elements nest, text is escaped, control characters never get through. */
#ifndef HG_REPORT_XML_H
#define HG_REPORT_XML_H

#include "base/buf.h"
#include "base/status.h"

typedef struct hg_xml {
	void *writer; /* xmlTextWriterPtr */
	hg_buf *out;
	bool failed;  /* sticks */
} hg_xml;

typedef enum hg_xml_kind {
	HG_XML_DOCUMENT, /* with the XML declaration, indented */
	HG_XML_FRAGMENT, /* neither: part of something else */
} hg_xml_kind;

void hg_xml_open(hg_xml *xml, hg_xml_kind kind, hg_buf *out);
void hg_xml_begin(hg_xml *xml, const char *element);
void hg_xml_attr(hg_xml *xml, const char *name, hg_str value); /* one line; foreign text is cleaned */
void hg_xml_attr_count(hg_xml *xml, const char *name, size_t n);
void hg_xml_text(hg_xml *xml, hg_str text); /* lines stay lines; foreign text is cleaned */
void hg_xml_end(hg_xml *xml);               /* of the element begun last */
hg_status hg_xml_close(hg_xml *xml);        /* ends what is open; HG_ENOMEM if anything failed */

#endif
