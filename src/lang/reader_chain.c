/* The chain of sides that is being read. */
#include "lang/reader.h"

#include <string.h>

hg_statement *hg_chain(hg_reader *r) { return r->now ? &r->said->at[r->now - 1] : NULL; }

hg_status hg_begin_chain(hg_reader *r, hg_span span, bool continues)
{
	hg_statements *said = r->said;
	if (said->n == r->room) {
		size_t room = r->room ? 2 * r->room : 16;
		hg_statement *at = HG_NEWS(r->arena, room, hg_statement);
		if (!at)
			return HG_ENOMEM;
		if (said->n)
			memcpy(at, said->at, said->n * sizeof *at);
		said->at = at;
		r->room = room;
	}
	said->at[said->n] = (hg_statement){.id = said->n + 1, .stretch = r->stretch, .section = r->section, .span = span, .continues = continues,
	                                   .in_reason = r->in_reason, .where = HG_STR("")};
	r->now = ++said->n;
	r->room_sides = 0;
	if (r->column < HG_MOST_COLUMNS)
		r->chain_of[r->column] = r->now;
	return HG_OK;
}

void hg_enter_column(hg_reader *r, size_t column)
{
	r->column = column;
	r->columns = r->columns || column > 0;
	if (!r->columns || column >= HG_MOST_COLUMNS || !r->chain_of[column])
		return;
	r->now = r->chain_of[column];
	r->room_sides = 0;
}

hg_status hg_add_side(hg_reader *r, hg_side side)
{
	hg_statement *s = hg_chain(r);
	if (s->nsides >= r->room_sides) {
		size_t room = s->nsides ? 2 * s->nsides : 4;
		hg_side *at = HG_NEWS(r->arena, room, hg_side);
		if (!at)
			return HG_ENOMEM;
		if (s->nsides)
			memcpy(at, s->side, s->nsides * sizeof *at);
		s->side = at;
		r->room_sides = room;
	}
	s->side[s->nsides++] = side;
	s->span = hg_span_join(s->span, side.span);
	r->same_row = true;
	return HG_OK;
}

void hg_add_reason(hg_reader *r, hg_str words)
{
	hg_statement *s = hg_chain(r);
	if (s && s->nsides && r->same_row && s->side[s->nsides - 1].reason.n == 0)
		s->side[s->nsides - 1].reason = hg_str_trim(words);
}

void hg_add_where(hg_reader *r, hg_span span)
{
	hg_statement *s = hg_chain(r);
	hg_str words = hg_str_trim(hg_str_part(r->p.text, span.at, span.n));
	if (s && s->where.n == 0)
		s->where = words;
}
