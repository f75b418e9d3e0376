#include "lang/reader.h"

#include <string.h>

typedef struct laying {
	hg_arena *arena;
	const hg_token *t; /* paired */
	size_t n;
	hg_tokens *out;
	bool *drop, *column; /* what falls away; the ampersands that part two equations of one row */
} laying;

static bool has_relation(const laying *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (l->t[i].kind == HG_T_REL)
			return true;
		bool aligned = l->t[i].kind == HG_T_BEGIN && !hg_is_cases(l->t[i].text);
		if (l->t[i].match > i && !aligned)
			i = l->t[i].match;
	}
	return false;
}

/* Laid out flat: everything but cases and matrices, and an array that is a list of equations. */
static bool is_flat(const laying *l, size_t i, bool top)
{
	if (hg_is_cases(l->t[i].text))
		return false;
	if (!hg_is_matrix(l->t[i].text))
		return true;
	bool bracketed = i > 0 && l->t[i - 1].kind == HG_T_OPEN;
	return top && hg_str_is(l->t[i].text, "array") && !bracketed && has_relation(l, i + 1, l->t[i].match);
}

static bool is_box(const hg_token *t)
{
	static const char *const boxes[] = {"boxed", "underline", "mathbf", "cancel", "underbrace", "overbrace", "mathcal"};
	for (size_t k = 0; t->kind == HG_T_COMMAND && k < sizeof boxes / sizeof *boxes; k++)
		if (hg_str_is(t->text, boxes[k]))
			return true;
	return false;
}

static bool is_stack(const hg_token *t)
{
	return t->kind == HG_T_COMMAND &&
	       (hg_str_is(t->text, "stackrel") || hg_str_is(t->text, "overset") || hg_str_is(t->text, "underset"));
}

/* Is the group at i, at the top, there only for fonts and colours around a whole equation? */
static bool is_loose_group(const laying *l, size_t i)
{
	hg_token_kind before = i ? l->t[i - 1].kind : HG_T_ROW;
	bool argument = before == HG_T_SUB || before == HG_T_SUP || before == HG_T_COMMAND || before == HG_T_UNGROUP ||
	                before == HG_T_NAME || before == HG_T_CLOSE;
	return !argument && has_relation(l, i + 1, l->t[i].match);
}

static hg_status keep(laying *l, size_t i) { return hg_tokens_add(l->out, l->arena, l->t[i]); }

/* \stackrel{words}{=}: the relation, with its words behind it as a mark. */
static hg_status stack(laying *l, size_t *i)
{
	const hg_token *above = &l->t[*i + 1];
	size_t close = above->kind == HG_T_GROUP && above->match > *i + 1 ? above->match : *i + 1;
	size_t rel = close + 1, past = close + 2;
	if (rel < l->n && l->t[rel].kind == HG_T_GROUP && l->t[rel].match == rel + 2) {
		past = rel + 3;
		rel++;
	}
	if (rel >= l->n || (l->t[rel].kind != HG_T_REL && l->t[rel].kind != HG_T_COMPARE))
		return keep(l, (*i)++);
	hg_token sign = l->t[rel];
	hg_token mark = {.kind = HG_T_MARK, .span = l->t[*i].span, .text = HG_STR("")};
	for (size_t j = *i + 1; j < close; j++) {
		if (l->t[j].kind == HG_T_TEXT || l->t[j].kind == HG_T_NAME || l->t[j].kind == HG_T_MARK)
			mark.text = l->t[j].text;
		if (hg_str_equal_nocase(l->t[j].text, HG_STR("def")) || hg_str_is(l->t[j].text, "Delta"))
			sign.value = sign.value == HG_REL_EQ ? HG_REL_DEFINED : sign.value;
	}
	sign.kind = HG_T_REL;
	*i = past;
	HG_TRY(hg_tokens_add(l->out, l->arena, sign));
	return mark.text.n ? hg_tokens_add(l->out, l->arena, mark) : HG_OK;
}

/* {}: prints nothing, unless it is an argument or carries a script. */
static bool is_empty_group(const laying *l, size_t i)
{
	hg_token_kind before = i ? l->t[i - 1].kind : HG_T_ROW, behind = i + 2 < l->n ? l->t[i + 2].kind : HG_T_ROW;
	bool operand = before == HG_T_NAME || before == HG_T_NUM || before == HG_T_UNGROUP || before == HG_T_CLOSE;
	bool argument = before == HG_T_SUP || before == HG_T_SUB || before == HG_T_COMMAND;
	bool carries = (behind == HG_T_SUP || behind == HG_T_SUB) && !operand;
	return l->t[i].kind == HG_T_GROUP && l->t[i].match == i + 1 && !argument && !carries;
}

/* First pass: marks what falls away. `inside` is the stack of what is open. */
static hg_status mark_layout(laying *l)
{
	size_t *inside = HG_NEWS(l->arena, l->n + 1, size_t), depth = 0, ampersands = 0;
	l->drop = HG_NEWS(l->arena, l->n + 1, bool);
	l->column = HG_NEWS(l->arena, l->n + 1, bool);
	if (!inside || !l->drop || !l->column)
		return HG_ENOMEM;
	for (size_t i = 0; i < l->n; i++) {
		const hg_token *t = &l->t[i];
		while (depth && l->t[inside[depth - 1]].match <= i)
			depth--;
		bool top = depth == 0;
		if (t->kind == HG_T_AMP || t->kind == HG_T_ROW) {
			l->drop[i] = !top && (t->kind == HG_T_AMP ? l->t[inside[depth - 1]].kind != HG_T_BEGIN
			                                         : l->t[inside[depth - 1]].kind == HG_T_OPEN);
			ampersands = top ? (t->kind == HG_T_AMP ? ampersands + 1 : 0) : ampersands;
			l->column[i] = top && t->kind == HG_T_AMP && ampersands % 2 == 0; /* a &= b & c &= d */
			l->drop[i] = l->drop[i] || (top && t->kind == HG_T_AMP && !l->column[i]);
		}
		if (is_empty_group(l, i))
			l->drop[i] = l->drop[i + 1] = true;
		if ((t->kind == HG_T_BEGIN || t->kind == HG_T_ENDENV) && t->match == i)
			l->drop[i] = top && is_flat(l, i, top); /* one of a pair that the containers split */
		if (t->match <= i)
			continue;
		bool opens_flat = (t->kind == HG_T_BEGIN && is_flat(l, i, top)) || (t->kind == HG_T_GROUP && top && is_loose_group(l, i));
		bool opens_box = top && is_box(t) && l->t[i + 1].kind == HG_T_GROUP;
		if (opens_flat && !opens_box)
			l->drop[i] = l->drop[t->match] = true;
		else if (t->kind == HG_T_BEGIN || t->kind == HG_T_OPEN || t->kind == HG_T_GROUP)
			inside[depth++] = i;
	}
	return HG_OK;
}

static void open_boxes(laying *l)
{
	for (size_t i = 0; i + 1 < l->n; i++) {
		size_t open = i + 1, close = l->t[open].match;
		if (is_box(&l->t[i]) && l->t[open].kind == HG_T_GROUP && close > open && has_relation(l, open + 1, close))
			l->drop[i] = l->drop[open] = l->drop[close] = true;
		if (!l->drop[i])
			i = l->t[i].match > i ? l->t[i].match : i;
	}
}

static bool is_double_bar(const hg_token *t) { return t->kind == HG_T_BAR && hg_str_is(t->text, "||"); }

/* \|\|x\|\|, as Markdown escapes ||x||: where every double bar has another beside it, two are one. Not \|x\|\|y\|. */
static void merge_doubled_bars(hg_tokens *tokens)
{
	size_t n = 0, run = 0;
	for (size_t i = 0; i <= tokens->n; i++) {
		bool bar = i < tokens->n && is_double_bar(&tokens->at[i]);
		if (!bar && run % 2)
			return;
		run = bar ? run + 1 : 0;
	}
	for (size_t i = 0; i < tokens->n; i++) {
		tokens->at[n++] = tokens->at[i];
		i += is_double_bar(&tokens->at[i]);
	}
	tokens->n = n;
}

/* |x|: of two bars at one level the first opens and the second closes; a bar before a subscript only ever closes. */
static hg_status pair_bars(laying *l)
{
	size_t *pending = HG_NEWS(l->arena, l->out->n + 1, size_t), depth = 0;
	if (!pending)
		return HG_ENOMEM;
	hg_token *t = l->out->at;
	for (size_t i = 0; i < l->out->n; i++) {
		switch (t[i].kind) {
		case HG_T_GROUP: case HG_T_OPEN: case HG_T_BEGIN:
			pending[++depth] = 0;
			break;
		case HG_T_UNGROUP: case HG_T_CLOSE: case HG_T_ENDENV:
			depth -= depth > 0;
			break;
		case HG_T_AMP: case HG_T_ROW: case HG_T_REL:
			pending[depth] = 0;
			break;
		case HG_T_BAR: {
			size_t first = pending[depth];
			if (first && hg_str_equal(t[first - 1].text, t[i].text)) {
				t[first - 1].kind = HG_T_OPEN;
				t[i].kind = HG_T_CLOSE;
				pending[depth] = 0;
			} else if (t[i + 1].kind != HG_T_SUB) {
				pending[depth] = i + 1;
			}
			break;
		}
		default:
			break;
		}
	}
	return HG_OK;
}

static bool is_joining(hg_token_kind kind)
{
	return kind == HG_T_PLUS || kind == HG_T_MINUS || kind == HG_T_GLUE || kind == HG_T_REL || kind == HG_T_COMPARE ||
	       kind == HG_T_PLUSMINUS;
}

/* Does the row at i have a relation of its own? Then a minus at its start is a sign, not a continuation. */
static bool row_has_relation(const hg_tokens *tokens, size_t i)
{
	for (; i < tokens->n && tokens->at[i].kind != HG_T_ROW; i = tokens->at[i].match > i ? tokens->at[i].match + 1 : i + 1)
		if (tokens->at[i].kind == HG_T_REL)
			return true;
	return false;
}

static bool parts_nothing(const hg_tokens *tokens, size_t i, hg_token_kind before)
{
	size_t j = i + 1;
	while (j < tokens->n && tokens->at[j].kind == HG_T_WIDE)
		j++;
	hg_token_kind next = j < tokens->n ? tokens->at[j].kind : HG_T_END;
	if (tokens->at[i].kind == HG_T_WIDE) {
		bool number = next == HG_T_MINUS && j + 1 < tokens->n && tokens->at[j + 1].kind == HG_T_OPEN; /* - (1) */
		return is_joining(before) || (is_joining(next) && next != HG_T_REL && !number);
	}
	if (tokens->at[i].kind != HG_T_ROW || next == HG_T_REL)
		return false;
	bool sign = next == HG_T_MINUS && row_has_relation(tokens, j);
	return is_joining(before) || (is_joining(next) && before != HG_T_ROW && !sign);
}

/* ~~ (4) at the end of a row is its number, not a factor. */
static void mark_numbers(hg_tokens *tokens)
{
	for (size_t i = 1; i < tokens->n; i++) {
		hg_token *t = &tokens->at[i];
		size_t past = i + 3;
		bool number = t->kind == HG_T_OPEN && t->match == i + 2 && t[1].kind == HG_T_NUM && hg_str_is(t->text, "(");
		bool ends = past >= tokens->n || tokens->at[past].kind == HG_T_ROW || tokens->at[past].kind == HG_T_STOP;
		if (number && ends && t->gap == HG_GAP_SEEN) {
			t[0].kind = HG_T_MARK;
			t[0].text = t[1].text;
			t[1].kind = t[2].kind = HG_T_STOP;
		}
	}
}

/* At the top, a wide space or a row end beside an operator parts nothing. What is in brackets stays as it is. */
static void join_rows(hg_tokens *tokens)
{
	size_t n = 0;
	for (size_t i = 0; i < tokens->n; i++) {
		size_t last = tokens->at[i].match > i ? tokens->at[i].match : i;
		if (parts_nothing(tokens, i, n ? tokens->at[n - 1].kind : HG_T_ROW))
			continue;
		for (size_t j = i; j <= last; j++)
			tokens->at[n++] = tokens->at[j];
		i = last;
	}
	tokens->n = n;
}

hg_status hg_tokens_lay_out(const hg_tokens *in, hg_arena *arena, hg_tokens *out)
{
	laying l = {.arena = arena, .t = in->at, .n = in->n, .out = out};
	size_t end = in->at[in->n].span.at;
	HG_TRY(mark_layout(&l));
	open_boxes(&l);
	for (size_t i = 0; i < l.n;) {
		if (l.drop[i])
			i++;
		else if (is_stack(&l.t[i]))
			HG_TRY(stack(&l, &i));
		else if (l.column[i])
			HG_TRY(hg_tokens_add(out, arena, (hg_token){.kind = HG_T_WIDE, .span = l.t[i++].span, .text = HG_STR("&")}));
		else
			HG_TRY(keep(&l, i++));
	}
	merge_doubled_bars(out);
	HG_TRY(hg_tokens_end(out, arena, end));
	HG_TRY(pair_bars(&l));
	HG_TRY(hg_tokens_match(out, arena));
	mark_numbers(out);
	join_rows(out);
	HG_TRY(hg_tokens_end(out, arena, end));
	return hg_tokens_match(out, arena);
}
