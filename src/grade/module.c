#include "grade/module.h"

#include "base/buf.h"
#include "grade/load.h"
#include "guest/guest.h"

#include <errno.h>
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

enum { LARGEST_FILE = 4 << 20 };

/* `points: 2 for dW2` behind the name; 1 unless it is there. False: there, and no number of points. */
static bool points_of(hg_str text, const char *stage, double *points)
{
	*points = 1;
	for (size_t at; (at = hg_str_find(text, HG_STR("points:"))) != (size_t)-1;) {
		text = hg_str_part(text, at + 7, text.n);
		char words[128] = {0}, *end;
		memcpy(words, text.p, text.n < sizeof words - 1 ? text.n : sizeof words - 1);
		const double n = strtod(words, &end);
		const size_t length = strlen(stage);
		if (strncmp(end, " for ", 5) != 0 || strncmp(end + 5, stage, length) != 0 || !strchr(" \t\r\n,;*", end[5 + length]))
			continue;
		*points = n;
		return end > words && n >= 0 && n <= 1e6;
	}
	return true;
}

static hg_status read_steps(const hg_derivation *of, hg_str text, const char *path, hg_arena *arena, hg_steps *steps,
                            const char **trouble)
{
	hg_step *step = HG_NEWS(arena, of->nstages, hg_step);
	if (!step)
		return HG_ENOMEM;
	*steps = (hg_steps){.n = of->nstages, .at = step};
	for (size_t s = 0; s < of->nstages; s++) {
		const char *name = of->stage[s].name;
		step[s] = (hg_step){.key = name, .title = name};
		if (!points_of(text, name, &step[s].points)) {
			*trouble = hg_arena_print(arena, "%s: the points for %s are no number", path, name);
			return *trouble ? HG_EINVAL : HG_ENOMEM;
		}
		steps->total += step[s].points;
	}
	return HG_OK;
}

hg_status hg_module_steps(const hg_module_court *court, hg_arena *arena, hg_steps *steps, const char **sha256,
                          const char **trouble)
{
	const hg_guest_source source = {.path = court->path};
	hg_guest *guest = NULL;
	hg_buf text = {0};
	hg_status status = hg_load(court->path, LARGEST_FILE, &text);
	if (status == HG_EIO)
		*trouble = hg_arena_print(arena, "%s: %s", court->path, strerror(errno));
	if (status == HG_OK)
		status = hg_guest_open(&source, court->limits, arena, &guest, trouble);
	if (status == HG_OK) {
		char hex[SHA256_DIGEST_STRING_LENGTH];
		SHA256Data((const uint8_t *)text.p, text.n, hex);
		*sha256 = hg_arena_copy(arena, hex, strlen(hex));
		status = read_steps(hg_guest_record(guest), hg_buf_slice(&text), court->path, arena, steps, trouble);
	}
	hg_guest_close(guest);
	hg_buf_free(&text);
	return status == HG_OK && hg_arena_failed(arena) ? HG_ENOMEM : status;
}

/* What each finding states, and what is asked: the stages, by name. */
static hg_status say_grounds(const hg_derivation *of, hg_arena *arena, hg_report *report)
{
	hg_bound *asked = HG_NEWS(arena, of->nstages, hg_bound);
	if (!asked)
		return HG_ENOMEM;
	for (size_t s = 0; s < of->nstages; s++)
		asked[s] = (hg_bound){.of = "", .by = of->stage[s].name};
	report->asked = asked;
	report->nasked = of->nstages;
	for (size_t i = 0; i < report->nfindings; i++)
		report->finding[i].grounds = (hg_grounds){.states = {.of = "", .by = report->finding[i].of}, .whole = true, .plain = true};
	return HG_OK;
}

hg_status hg_module_judge(const hg_module_court *court, const hg_source *source, hg_arena *arena, hg_report *report)
{
	const hg_guest_source theirs = {.path = source->path, .text = source->text}, ours = {.path = court->path};
	hg_guest *instructor = NULL, *student = NULL;
	const char *trouble = NULL;
	hg_status status = hg_guest_open(&theirs, court->limits, arena, &student, &trouble);
	if (status == HG_OK)
		status = hg_guest_open(&ours, court->limits, arena, &instructor, &trouble);
	if (status == HG_OK)
		status = hg_guest_derive_against(instructor, student, court->settings, arena, report, &trouble);
	if (status == HG_OK)
		status = say_grounds(hg_guest_record(instructor), arena, report);
	hg_guest_close(instructor);
	hg_guest_close(student);
	if (status == HG_OK || status == HG_ENOMEM || !trouble)
		return status;
	*report = (hg_report){.trouble = trouble};
	return HG_OK;
}
