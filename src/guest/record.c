/* The record of a guest, read from what it told: texts one after the other, numbers of stages, twins and points. */
#include "guest/parts.h"

#include "slips/slips.h"

#include <string.h>

hg_guest_texts hg_guest_told(const hg_guest *guest)
{
	const size_t n = guest->answer.ntext < HG_WIRE_TEXT ? guest->answer.ntext : HG_WIRE_TEXT;
	const char *copy = hg_arena_copy(guest->arena, guest->wire->text, n);
	return (hg_guest_texts){guest->arena, {copy, copy ? n : 0}};
}

const char *hg_guest_text(hg_guest_texts *texts)
{
	const char *text = texts->rest.p;
	const char *end = texts->rest.n ? memchr(text, '\0', texts->rest.n) : NULL;
	if (!end)
		return NULL;
	texts->rest = hg_str_part(texts->rest, (size_t)(end - text) + 1, texts->rest.n);
	return text;
}

/* Names are printed, stand in lists separated by spaces and in ids of findings. */
static bool is_name(const char *text)
{
	size_t n = text ? strlen(text) : 0;
	if (n == 0 || n > 64)
		return false;
	for (size_t k = 0; k < n; k++)
		if (text[k] <= ' ' || text[k] > '~' || text[k] == '.')
			return false;
	return true;
}

static bool stage_is(const hg_derivation *of, size_t before, const char *name)
{
	for (size_t s = 0; s < before; s++)
		if (!strcmp(of->stage[s].name, name))
			return true;
	return false;
}

static bool read_stages(hg_guest *guest, hg_guest_texts *texts, size_t n)
{
	hg_stage *stage = HG_NEWS(guest->arena, n, hg_stage);
	guest->record.stage = stage;
	for (size_t s = 0; stage && s < n; s++) {
		const char *name = hg_guest_text(texts), *formula = hg_guest_text(texts);
		const char *wrt = hg_guest_text(texts), *uses = hg_guest_text(texts);
		if (!is_name(name) || !wrt || !*wrt || !uses || stage_is(&guest->record, s, name)) {
			hg_guest_fail(guest, "stage %zu has no name of its own (letters, digits and _), or no block to be differentiated by",
			              s + 1);
			return false;
		}
		stage[s] = (hg_stage){.name = name, .formula = formula, .wrt = wrt, .uses = *uses ? uses : NULL,
		                      .f = hg_guest_function(guest, s, guest->answer.pokes[s]),
		                      .g = hg_guest_gradient(guest, HG_ASK_GRADIENT, s)};
	}
	guest->record.nstages = stage ? n : 0;
	return stage != NULL;
}

static bool read_twins(hg_guest *guest, hg_guest_texts *texts, size_t n)
{
	hg_twin *twin = HG_NEWS(guest->arena, n + 1, hg_twin);
	guest->record.twin = twin;
	for (size_t t = 0; twin && t < n; t++) {
		const char *stage = hg_guest_text(texts), *slip = hg_guest_text(texts), *formula = hg_guest_text(texts);
		if (!stage || !stage_is(&guest->record, guest->record.nstages, stage)) {
			hg_guest_fail(guest, "twin %zu is of no stage", t + 1);
			return false;
		}
		if (!slip || !hg_slip_find(hg_str_of(slip))) {
			hg_guest_fail(guest, "twin %zu, of stage %s, names no slip: `handgrad list slips' does", t + 1, stage);
			return false;
		}
		twin[t] = (hg_twin){stage, slip, formula, hg_guest_gradient(guest, HG_ASK_TWIN, t)};
	}
	guest->record.ntwins = twin ? n : 0;
	return twin != NULL;
}

bool hg_guest_read_record(hg_guest *guest)
{
	const hg_answer *answer = &guest->answer;
	hg_guest_texts texts = hg_guest_told(guest);
	const char *first = hg_guest_text(&texts), *title = hg_guest_text(&texts);
	if (answer->failed) {
		hg_guest_fail(guest, "%.400s", first ? first : "its record is too large");
		return false;
	}
	if (!is_name(first) || !answer->nstages || answer->nstages > HG_WIRE_STAGES || answer->ntwins > HG_WIRE_TWINS ||
	    answer->npoints > HG_WIRE_POINTS) {
		hg_guest_fail(guest, "its record has no name or no stages, or more than %d stages, %d twins or %d points",
		              HG_WIRE_STAGES, HG_WIRE_TWINS, HG_WIRE_POINTS);
		return false;
	}
	guest->record = (hg_derivation){.name = first, .title = title, .npoints = answer->npoints, .point = hg_guest_point};
	const size_t nstages = answer->nstages, ntwins = answer->ntwins;
	return read_stages(guest, &texts, nstages) && read_twins(guest, &texts, ntwins) && !hg_arena_failed(guest->arena);
}
