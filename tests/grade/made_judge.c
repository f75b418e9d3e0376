/* made_judge grade FOLDER ASSIGNMENT OUT JOBS SHARD SHARDS | merge OUT SHARD...
 *
 * Grading with a judge that does what the submission says, so that the tests can have one that crashes, hangs or eats
 * memory. A line "dW2: disagrees sign" is a finding; "crash", "hang", "eat" are done. */
#include "grade/grade.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static hg_finding_status status_of(const char *word)
{
	for (int s = 0; s < HG_NSTATUSES; s++)
		if (strcmp(word, hg_finding_status_text((hg_finding_status)s)) == 0)
			return (hg_finding_status)s;
	return HG_S_SKIPPED;
}

static void misbehave(const char *line)
{
	volatile unsigned long x = 1;
	if (strcmp(line, "crash") == 0)
		raise(SIGSEGV);
	while (strcmp(line, "hang") == 0)
		x++;
	/* Addresses, not pages: filling them would race with the limit of computing time. */
	for (size_t n = 0; strcmp(line, "eat") == 0 && n < 1536; n++)
		if (mmap(NULL, 1 << 20, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED)
			abort();
}

static hg_status judge(void *self, const hg_source *source, hg_arena *arena, hg_report *r)
{
	const hg_grade *g = self;
	hg_bound *asked = HG_NEWS(arena, g->steps.n + 1, hg_bound);
	for (size_t i = 0; i < g->steps.n; i++)
		asked[i] = (hg_bound){.of = "", .by = g->steps.at[i].key};
	*r = (hg_report){.title = source->path, .source = source, .sha256 = source->sha256, .seed = 1, .nasked = g->steps.n, .asked = asked,
	                 .finding = HG_NEWS(arena, source->nlines + 1, hg_finding)};
	for (size_t i = 0; i < source->nlines; i++) {
		hg_str text = hg_source_line(source, source->line_start[i]);
		char line[256], of[64], status[32] = "", slip[32] = "";
		snprintf(line, sizeof line, "%.*s", HG_STR_ARG(text));
		misbehave(line);
		if (sscanf(line, "%63[^:]: %31s %31s", of, status, slip) < 2)
			continue;
		hg_finding *f = &r->finding[r->nfindings++];
		hg_slip_found *found = HG_NEW(arena, hg_slip_found);
		found->id = hg_arena_print(arena, "%s", slip);
		*f = (hg_finding){.id = hg_arena_print(arena, "%zu", r->nfindings), .kind = HG_CLAIM, .status = status_of(status),
		                  .span = {source->line_start[i], text.n}, .of = hg_arena_print(arena, "%s", of),
		                  .grounds = {.states = {.of = "", .by = hg_step_key_of_text(of, arena)}, .whole = true, .plain = true},
		                  .written = hg_arena_copy(arena, text.p, text.n), .nslips = *slip != 0, .slip = found};
	}
	hg_report_count(r);
	return HG_OK;
}

static int merge(int argc, char **argv)
{
	hg_arena *arena = hg_arena_new();
	hg_cohort class;
	const char *trouble;
	hg_status status = hg_grade_merge((const char *const *)argv + 3, (size_t)argc - 3, argv[2], arena, &class, &trouble);
	if (trouble)
		fprintf(stderr, "%s\n", trouble);
	hg_arena_free(arena);
	return status == HG_OK ? 0 : 3;
}

int main(int argc, char **argv)
{
	if (argc > 3 && strcmp(argv[1], "merge") == 0)
		return merge(argc, argv);
	if (argc < 8)
		return 2;
	hg_arena *arena = hg_arena_new();
	hg_source source;
	hg_doc doc;
	hg_statements said;
	hg_cohort class;
	const char *trouble = NULL;
	hg_grade g = {.folder = argv[2], .assignment = argv[3], .out = argv[4], .jobs = strtoul(argv[5], NULL, 10),
	              .shard = strtoul(argv[6], NULL, 10), .nshards = strtoul(argv[7], NULL, 10), .settings = "made",
	              .cpu_seconds = 1, .write = {.detail = HG_DETAIL_EVIDENCE}, .judge = judge};
	g.self = &g;
	char path[512], csv[65536];
	snprintf(path, sizeof path, "%s/overrides.csv", g.out);
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(csv, 1, sizeof csv, f) : 0;
	if (f)
		fclose(f);
	int signal = 0;
	hg_status status = hg_source_read(g.assignment, NULL, arena, &source, &trouble);
	status = status == HG_OK ? hg_doc_scan(&source, arena, &doc) : status;
	status = status == HG_OK ? hg_parse(&doc, arena, &said) : status;
	status = status == HG_OK ? hg_steps_read(&said, arena, &g.steps, &trouble) : status;
	status = status == HG_OK ? hg_overrides_read((hg_str){csv, n}, path, arena, &g.overrides, &trouble) : status;
	status = status == HG_OK ? hg_grade_run(&g, arena, &class, &signal, &trouble) : status;
	if (trouble)
		fprintf(stderr, "%s\n", trouble);
	hg_arena_free(arena);
	return signal ? 128 + signal : status == HG_OK ? 0 : 3;
}
