/* xml document|markup: writes what standard input says, a line each: "b NAME" begins an element, "a NAME HEX" gives it an
 * attribute, "t HEX" text, "r HEX" markup of one's own, "e" ends an element. What is open at the end is ended by the writer. */
#include "report/xml.h"

#include <stdio.h>
#include <string.h>

static hg_str unhex(const char *hex, char *bytes)
{
	size_t n = 0;
	for (unsigned byte; sscanf(hex + 2 * n, "%2x", &byte) == 1; n++)
		bytes[n] = (char)byte;
	return (hg_str){bytes, n};
}

static void obey(hg_xml *xml, char verb, const char *name, const char *rest)
{
	char bytes[4096];
	switch (verb) {
	case 'b':
		hg_xml_begin(xml, name);
		break;
	case 'a':
		hg_xml_attr(xml, name, unhex(rest, bytes));
		break;
	case 't':
		hg_xml_text(xml, unhex(name, bytes));
		break;
	case 'r':
		hg_xml_raw(xml, unhex(name, bytes));
		break;
	default:
		hg_xml_end(xml);
	}
}

int main(int argc, char **argv)
{
	hg_buf out = {0};
	hg_xml xml;
	hg_xml_open(&xml, argc > 1 && strcmp(argv[1], "markup") == 0 ? HG_XML_MARKUP : HG_XML_DOCUMENT, &out);
	static char line[8192], name[4096], rest[4096];
	while (fgets(line, sizeof line, stdin)) {
		name[0] = rest[0] = '\0';
		sscanf(line + 1, "%4095s %4095s", name, rest);
		obey(&xml, line[0], name, rest);
	}
	hg_status status = hg_xml_close(&xml);
	fwrite(out.p, 1, out.n, stdout);
	hg_buf_free(&out);
	return status == HG_OK ? 0 : 2;
}
