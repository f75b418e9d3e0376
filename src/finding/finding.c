#include "finding/finding.h"

#include <string.h>

typedef struct status_row {
	const char *name;
	int exit_code;
	const char *one, *many;
} status_row;

static const status_row statuses[] = {
#define HG_STATUS_ROW(id, name, exit_code, one, many) [HG_S_##id] = {name, exit_code, one, many},
#include "finding/statuses.def"
#undef HG_STATUS_ROW
};

static const char *const kinds[] = {
    [HG_DEFINITION] = "definition", [HG_CLAIM] = "claim",     [HG_LINK] = "link",
    [HG_UPDATE] = "update",         [HG_NUMERIC] = "numeric", [HG_PROSE] = "prose",
};

const char *hg_kind_text(hg_kind kind) { return (unsigned)kind < HG_NKINDS ? kinds[kind] : "unknown"; }

const char *hg_finding_status_text(hg_finding_status status)
{
	return (unsigned)status < HG_NSTATUSES ? statuses[status].name : "unknown";
}

const char *hg_finding_status_words(hg_finding_status status, size_t n)
{
	if ((unsigned)status >= HG_NSTATUSES)
		return "unknown";
	return n == 1 ? statuses[status].one : statuses[status].many;
}

void hg_finding_because(hg_finding *f, hg_cause cause)
{
	f->cause = cause;
	f->reason = hg_cause_words(cause);
}

hg_status hg_finding_because_of(hg_finding *f, hg_cause cause, const char *about, hg_arena *arena)
{
	const char *said = hg_cause_say(cause, about, arena);
	if (!said && cause != HG_CAUSE_NONE)
		return HG_ENOMEM;
	f->cause = cause;
	f->reason = said;
	return HG_OK;
}

hg_status hg_finding_meant(hg_finding *f, const char *name, hg_arena *arena)
{
	const char *said = hg_arena_print(arena, "%s; did you mean %s?", f->reason, name);
	f->reason = said ? said : f->reason;
	return said ? HG_OK : HG_ENOMEM;
}

hg_status hg_finding_note(hg_finding *f, const char *text, hg_arena *arena)
{
	const char **note = HG_NEWS(arena, f->nnotes + 1, const char *);
	if (!note || !text)
		return HG_ENOMEM;
	if (f->nnotes)
		memcpy(note, f->note, f->nnotes * sizeof *note);
	note[f->nnotes++] = text;
	f->note = note;
	return HG_OK;
}

void hg_finding_leave(hg_finding *f, hg_finding_status status, hg_cause cause)
{
	f->status = status;
	hg_finding_because(f, cause);
}

void hg_report_count(hg_report *report)
{
	memset(report->count, 0, sizeof report->count);
	for (size_t i = 0; i < report->nfindings; i++)
		report->count[report->finding[i].status]++;
}

const hg_finding *hg_report_find(const hg_report *report, hg_str id)
{
	for (size_t i = 0; i < report->nfindings; i++)
		if (hg_str_is(id, report->finding[i].id))
			return &report->finding[i];
	return NULL;
}

int hg_report_exit_code(const hg_report *report)
{
	if (report->trouble)
		return 3;
	if (report->count[HG_S_DISAGREES])
		return 1;
	for (int s = 0; s < HG_NSTATUSES; s++)
		if (statuses[s].exit_code == 2 && report->count[s])
			return 2;
	return report->count[HG_S_AGREES] + report->count[HG_S_NOTATION] ? 0 : 2;
}
