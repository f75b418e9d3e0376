/* handgrad-document.h — documents in which somebody derived gradients by hand: bytes in, a report out.
 *
 *     hg_document *d = NULL;
 *     hg_status status = hg_document_read("hw3.md", bytes, n, HG_DOCUMENT_BY_NAME, NULL, &d);
 *     if (status == HG_OK)
 *         status = hg_document_judge(d, NULL, NULL);
 *     if (status == HG_OK)
 *         status = hg_document_write(d, HG_DOCUMENT_JSON, NULL, &report, &length);
 *     hg_document_free(d);
 *
 * Opens no file, prints nothing, ends nothing, keeps nothing between calls; starts one process, gnuplot for the pictures of a
 * page, where it is installed. Documents may be checked in several threads at
 * once, each document in one. The same bytes and options, the same report. A call returns HG_OK; HG_EINVAL for an argument
 * that cannot be; HG_ENOMEM. What is wrong with a document is none of these: hg_document_trouble() has it, and the report. */
#ifndef HANDGRAD_DOCUMENT_H
#define HANDGRAD_DOCUMENT_H

#include <handgrad.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum hg_document_kind {
	HG_DOCUMENT_BY_NAME, /* by the ending of its name; without one, by its looks */
	HG_DOCUMENT_MARKDOWN,
	HG_DOCUMENT_TEX,
	HG_DOCUMENT_RST,
	HG_DOCUMENT_NOTEBOOK, /* Jupyter's JSON */
	HG_DOCUMENT_PLAIN
} hg_document_kind;

typedef enum hg_document_form {
	HG_DOCUMENT_TEXT, /* for a terminal of 80 columns, without colours */
	HG_DOCUMENT_JSON, /* handgrad.report/v1, by the schema that is installed */
	HG_DOCUMENT_HTML  /* a page that asks for no other file */
} hg_document_form;

typedef struct hg_document hg_document;
typedef struct hg_document_options hg_document_options;

HG_API hg_document_options *hg_document_options_new(void); /* NULL: no memory */
HG_API void hg_document_options_free(hg_document_options *options);

/* Sets an option of `handgrad check` by its name there: seed, rtol, detail (none, where, evidence, full), take
 * ("layout=rows"), limit ("nesting=300"); the last two as often as needed. NULL, or what the option wants instead, a clause
 * that lives until the next call for these options. */
HG_API const char *hg_document_set(hg_document_options *options, const char *name, const char *value);

/* Reads n bytes, which are copied; the name is what reports call the document, its last component is a file's name. Options
 * NULL, here and below: the defaults. */
HG_API hg_status hg_document_read(const char *name, const char *bytes, size_t n, hg_document_kind kind,
                                  const hg_document_options *options, hg_document **document);

/* Judges what was read. The equations of the assignment, if there is one, are the truth; it need not be judged, and must
 * live as long as the document. */
HG_API hg_status hg_document_judge(hg_document *document, const hg_document *assignment, const hg_document_options *options);

/* Why it could not be read or judged, one sentence with its place; NULL: it could. */
HG_API const char *hg_document_trouble(const hg_document *document);

/* The exit code of `handgrad check`: 0 all agree, 1 something disagrees, 2 nothing does but something could not be checked,
 * 3 trouble, or not judged yet. */
HG_API int hg_document_code(const hg_document *document);

/* The report: *bytes has a NUL behind its *n bytes, and is the caller's to free(). HG_EINVAL: not judged yet. */
HG_API hg_status hg_document_write(const hg_document *document, hg_document_form form, const hg_document_options *options,
                                   char **bytes, size_t *n);

HG_API void hg_document_free(hg_document *document); /* NULL is fine */

#ifdef __cplusplus
}
#endif

#endif
