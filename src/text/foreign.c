/* Files of other programs, told by how they begin: what each is, and what its owner can do. */
#include "text/reading.h"

#include <string.h>

#define WRITE_IT "write the formulas as Markdown or LaTeX (a photo is not read)"

static const struct {
	size_t at;
	const char *begin;
	size_t n;
	const char *why;
} forms[] = {
	{0, "%PDF-", 5, "is a PDF: check the file it was made from, or save its text as Markdown or LaTeX"},
	{0, "{\\rtf", 5, "is Rich Text: save it as Markdown, LaTeX or plain text"},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8, "is an old Word document: save it as .docx, then pandoc FILE -o hw.md"},
	{0, "\x89PNG\r\n", 6, "is a picture (PNG): " WRITE_IT},
	{0, "\xff\xd8\xff", 3, "is a picture (JPEG): " WRITE_IT},
	{0, "GIF8", 4, "is a picture (GIF): " WRITE_IT},
	{0, "II*\0", 4, "is a picture (TIFF): " WRITE_IT},
	{0, "MM\0*", 4, "is a picture (TIFF): " WRITE_IT},
	{4, "ftyphei", 7, "is a picture (HEIC): " WRITE_IT},
	{4, "ftypmif1", 8, "is a picture (HEIC): " WRITE_IT},
	{8, "WEBP", 4, "is a picture (WebP): " WRITE_IT},
	{0, "\x1f\x8b", 2, "is compressed (gzip): unpack it first"},
	{0, "7z\xbc\xaf", 4, "is an archive (7-Zip): unpack it first"},
};

/* A zip of somebody's: what lies in it says which. */
static const char *kind_of_zip(hg_str bytes)
{
	static const struct {
		const char *holds, *why;
	} kinds[] = {
		{"word/", "is a Word document: pandoc FILE -o hw.md makes Markdown of it, formulas and all"},
		{"xl/", "is an Excel workbook, not a derivation"},
		{"ppt/", "is a PowerPoint file: write the formulas as Markdown or LaTeX"},
		{"opendocument.text", "is an OpenDocument text: pandoc FILE -o hw.md makes Markdown of it, formulas and all"},
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (hg_str_find(bytes, hg_str_of(kinds[i].holds)) != (size_t)-1)
			return kinds[i].why;
	return "is an archive (zip): unpack it first";
}

const char *hg_foreign_form(hg_str bytes)
{
	if (bytes.n >= 4 && memcmp(bytes.p, "PK\x03\x04", 4) == 0)
		return kind_of_zip(bytes);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		hg_str part = hg_str_part(bytes, forms[i].at, forms[i].n);
		if (part.n == forms[i].n && memcmp(part.p, forms[i].begin, part.n) == 0)
			return forms[i].why;
	}
	return NULL;
}
