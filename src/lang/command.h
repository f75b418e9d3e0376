/* The vocabulary of LaTeX: commands.def, and the characters of Unicode that mean the same as a command. */
#ifndef HG_LANG_COMMAND_H
#define HG_LANG_COMMAND_H

#include "lang/token.h"

typedef enum hg_command_action {
	HG_COMMAND_TOKEN,     /* gives the token of its row */
	HG_COMMAND_SKIP,      /* layout: nothing */
	HG_COMMAND_SKIP_ARG,  /* layout with an argument: nothing */
	HG_COMMAND_SKIP_KEEP, /* its first argument goes, the second stays: \textcolor{red}{x} */
	HG_COMMAND_WIDE_ARG,  /* a wide space with a length */
	HG_COMMAND_TEXT,      /* its argument is words, or the name of something */
	HG_COMMAND_LEFT,      /* \left and its kin: what follows is a delimiter that opens, ... */
	HG_COMMAND_RIGHT,
	HG_COMMAND_MIDDLE,
	HG_COMMAND_SIZE,      /* \big: the delimiter itself says which */
	HG_COMMAND_BEGIN,
	HG_COMMAND_TAG,
	HG_COMMAND_ARROW,     /* an arrow with words over and under it */
	HG_COMMAND_DEFINE,    /* the definition of a macro */
} hg_command_action;

typedef struct hg_command {
	const char *name;
	hg_command_action action;
	hg_token_kind kind;
	int value;
	const char *text;
} hg_command;

const hg_command *hg_command_find(hg_str name); /* NULL: nobody knows it */
bool hg_command_is_letter(hg_str name);       /* "delta", "delta2": the name of one letter, not a word */
size_t hg_command_count(void);
const hg_command *hg_command_at(size_t i); /* the i-th row, for tests */

/* The command that the character at the start of `text` stands for ("\xcf\x83" is \sigma), and its length in bytes; NULL if none. */
const hg_command *hg_command_of_character(hg_str text, size_t *n);

#endif
