#include "grade/grade.h"

#include "grade/journal.h"
#include "grade/load.h"
#include "report/save.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

enum { LARGEST = 1 << 30 };

static hg_status say(hg_arena *arena, const char **trouble, const char *where, const char *what)
{
	*trouble = hg_arena_print(arena, "%s: %s", where, what);
	return *trouble ? HG_EINVAL : HG_ENOMEM;
}

/* The bytes of a page of a shard into the merged folder. */
static hg_status copy_page(const char *from, const char *to, const char *page)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/students/%s.html", from, page);
	hg_buf bytes = {0};
	hg_status status = hg_load(path, LARGEST, &bytes);
	snprintf(path, sizeof path, "%s/students/%s.html", to, page);
	if (status == HG_OK)
		status = hg_save(path, hg_buf_slice(&bytes));
	hg_buf_free(&bytes);
	return status;
}

/* Do the two belong to one class, and is this shard new? */
static hg_status fits(const hg_cohort *first, const hg_cohort *shard, bool *seen, const char *folder, hg_arena *arena,
                      const char **trouble)
{
	if (strcmp(first->run, shard->run) || first->nshards != shard->nshards || first->nstudents != shard->nstudents)
		return say(arena, trouble, folder, "is a shard of another run: other settings, another assignment or another class");
	if (shard->shard > shard->nshards || seen[shard->shard - 1])
		return say(arena, trouble, folder, "this shard is there twice");
	size_t expected = shard->nstudents / shard->nshards + (shard->shard <= shard->nstudents % shard->nshards);
	if (shard->nrecords != expected)
		return say(arena, trouble, folder, "this shard is not finished; run it again");
	seen[shard->shard - 1] = true;
	return HG_OK;
}

static hg_status gather(const char *const *folders, size_t n, hg_cohort *shards, hg_arena *arena, const char **trouble)
{
	bool *seen = NULL;
	for (size_t i = 0; i < n; i++) {
		HG_TRY(hg_journal_read(folders[i], arena, &shards[i], trouble));
		if (i == 0 && shards[0].nshards != n) {
			*trouble = hg_arena_print(arena, "%s is one of %zu shards, and %zu are named", folders[0], shards[0].nshards, n);
			return *trouble ? HG_EINVAL : HG_ENOMEM;
		}
		seen = seen ? seen : HG_NEWS(arena, n + 1, bool);
		if (!seen)
			return HG_ENOMEM;
		HG_TRY(fits(&shards[0], &shards[i], seen, folders[i], arena, trouble));
	}
	return HG_OK;
}

static hg_status put_together(const char *const *folders, size_t n, const hg_cohort *shards, const char *out,
                              hg_cohort *class, hg_journal *journal)
{
	HG_TRY(hg_journal_begin(journal, class));
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < shards[i].nrecords; k++) {
			HG_TRY(copy_page(folders[i], out, shards[i].record[k].page));
			class->record[class->nrecords++] = shards[i].record[k];
		}
	hg_cohort_sort(class);
	return hg_journal_end(journal, class);
}

hg_status hg_grade_merge(const char *const *folders, size_t n, const char *out, hg_arena *arena, hg_cohort *class,
                         const char **trouble)
{
	hg_cohort *shards = HG_NEWS(arena, n + 1, hg_cohort), before = {0};
	hg_journal journal = {NULL, -1, -1};
	*trouble = NULL;
	if (!shards)
		return HG_ENOMEM;
	HG_TRY(gather(folders, n, shards, arena, trouble));
	*class = shards[0];
	class->shard = class->nshards = 1;
	class->nrecords = 0;
	class->record = HG_NEWS(arena, class->nstudents + 1, hg_record);
	if (!class->record)
		return HG_ENOMEM;
	hg_status status = hg_journal_open(out, arena, &before, &journal, trouble);
	if (status == HG_OK && put_together(folders, n, shards, out, class, &journal) != HG_OK)
		status = say(arena, trouble, out, strerror(errno));
	const char *path = out;
	if (status == HG_OK && hg_cohort_write(class, out, arena, &path) != HG_OK)
		status = say(arena, trouble, path, strerror(errno));
	hg_journal_close(&journal);
	return status;
}
