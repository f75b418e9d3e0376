/* Tokens: what the three front ends (LaTeX, plain text, the numpy dialect) make of a stretch, and all that the
 * parser ever sees. White space is gone (but `gap` remembers it), macros are expanded, words are recognised. */
#ifndef HG_LANG_TOKEN_H
#define HG_LANG_TOKEN_H

#include "lang/macro.h"
#include "lang/statement.h"

typedef enum hg_token_kind {
	HG_T_END,       /* behind the last token; its span is empty */
	HG_T_NUM,       /* a literal: text as written, "0.5", "30" */
	HG_T_NAME,      /* text: a letter "W", a Greek letter "sigma", a word "ReLU", "np.sum", in code "dW2" */
	HG_T_TEXT,      /* prose inside mathematics: text is the words */
	HG_T_D,         /* the sign of a differential: text is "partial", "d" (upright or certain); a letter d is a NAME */
	HG_T_NABLA,
	HG_T_OPEN,      /* text: "(", "[", "{" (visible), "|", "||", "<", "" (\left.) */
	HG_T_CLOSE,     /* text: ")", "]", "}", "|", "||", ">", "" (\right.) */
	HG_T_BAR,       /* | or \mid of unknown side; text "|" or "||" */
	HG_T_GROUP,     /* { of LaTeX: invisible */
	HG_T_UNGROUP,   /* } */
	HG_T_SUP,       /* ^ (and ** in code): binds the next token or group */
	HG_T_SUB,       /* _ */
	HG_T_PRIME,     /* ', \prime; '' is two tokens */
	HG_T_TRANSPOSE, /* a postfix transpose that is beyond doubt: .T in code */
	HG_T_PLUS,
	HG_T_MINUS,
	HG_T_PLUSMINUS, /* text: "pm", "mp" */
	HG_T_GLUE,      /* value: hg_glue */
	HG_T_REL,       /* value: hg_rel; text as written */
	HG_T_COMPARE,   /* text: ">", "<", ">=", "<=", "!=" ; value HG_REL_COMPARE */
	HG_T_COMMA,
	HG_T_SEMICOLON,
	HG_T_COLON,
	HG_T_STOP,      /* a full stop (or the like) that ends a sentence: not a product, not a decimal point */
	HG_T_ELLIPSIS,
	HG_T_BIG,       /* text: "sum", "prod", "int": a sign that takes limits */
	HG_T_WIDE,      /* \quad, \qquad, \hspace, a tab: may part two equations */
	HG_T_AMP,       /* & */
	HG_T_ROW,       /* \\ (and its kin), a line end in code */
	HG_T_BEGIN,     /* \begin{text} */
	HG_T_ENDENV,    /* \end{text} */
	HG_T_THEREFORE, /* \therefore */
	HG_T_BECAUSE,   /* \because */
	HG_T_FORALL,    /* \forall: a clause follows */
	HG_T_MARK,      /* an equation number: circled digits, \tag{..}, --- (1): text is what it says */
	HG_T_COMMAND,   /* any other command the parser knows, without backslash: "frac", "hat", "boxed", ... */
	HG_T_UNKNOWN,   /* a command or character nobody knows: text as written */
	HG_NTOKENS
} hg_token_kind;

typedef enum hg_gap { HG_GAP_NONE, HG_GAP_BLANK, HG_GAP_SEEN } hg_gap; /* SEEN: `\ `, `\;`, `~`: a space that shows */

typedef struct hg_token {
	hg_token_kind kind;
	hg_gap gap;    /* the white space before it */
	int value;     /* GLUE: hg_glue; REL: hg_rel */
	size_t match;  /* of an opening token the index of what closes it, and the reverse; its own: none. By hg_tokens_match */
	hg_span span;  /* in the source; of a token out of a macro: the use of the macro */
	hg_str text;   /* without backslash */
} hg_token;

typedef struct hg_tokens {
	size_t n, room; /* n does not count the HG_T_END that at[n] always is */
	hg_token *at;
} hg_tokens;

/* The front ends. `text` is the whole source, `span` the stretch; spans of tokens are offsets into text. Tokens
 * are appended to *out. They fail only when memory or the document's budget is gone. */
hg_status hg_latex_scan(hg_str text, hg_span span, hg_macros *macros, hg_arena *arena, hg_tokens *out);
hg_status hg_plain_scan(hg_str text, hg_span span, hg_arena *arena, hg_tokens *out); /* W(1)x + b(1), y^, unicode */
hg_status hg_code_scan(hg_str text, hg_span span, hg_arena *arena, hg_tokens *out);  /* dZ2 @ A1.T, np.sum(..) */

/* For front ends: appends one token; finishes a list (END behind the last); pairs GROUP, OPEN, BEGIN with what
 * closes them. An unpaired one is for the parser to report. All linear. */
hg_status hg_tokens_add(hg_tokens *tokens, hg_arena *arena, hg_token token);
hg_status hg_tokens_end(hg_tokens *tokens, hg_arena *arena, size_t at);
hg_status hg_tokens_match(hg_tokens *tokens, hg_arena *arena);

/* For writers: the macros of a document, from a budget of their own, and the tokens of one stretch, paired. */
hg_status hg_doc_macros(const hg_doc *doc, hg_macros *macros, hg_arena *arena);
hg_status hg_stretch_tokens(const hg_doc *doc, const hg_stretch *stretch, hg_macros *macros, hg_arena *arena, hg_tokens *out);

const char *hg_token_kind_name(hg_token_kind kind); /* for --dump=tokens and for messages */

#endif
