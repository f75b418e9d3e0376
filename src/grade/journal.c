#include "grade/journal.h"

#include "grade/load.h"
#include "report/save.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define SCHEMA "handgrad.journal/v2"
enum { LARGEST = 1 << 30 };

/* ---- header ---------------------------------------------------------------------------------------------------- */

static hg_status write_header(const hg_cohort *c, hg_buf *out)
{
	json_t *steps = json_array();
	bool failed = !steps;
	for (size_t i = 0; i < c->steps.n; i++) {
		const hg_step *s = &c->steps.at[i];
		failed |= json_array_append_new(steps, json_pack("{s:s,s:s,s:f}", "key", s->key, "title", s->title, "points",
		                                                 s->points)) != 0;
	}
	json_t *o = json_pack("{s:s,s:s,s:s,s:s,s:I,s:I,s:I,s:I,s:o}", "schema", SCHEMA, "program", HG_VERSION, "assignment",
	                      c->assignment, "run", c->run, "shard", (json_int_t)c->shard, "of", (json_int_t)c->nshards,
	                      "students", (json_int_t)c->nstudents, "inherited", (json_int_t)c->steps.inherited, "steps", steps);
	char *text = o && !failed ? json_dumps(o, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
	json_decref(o);
	if (!text)
		return HG_ENOMEM;
	hg_buf_print(out, "%016llx %s\n", hg_record_sum(hg_str_of(text)), text);
	free(text);
	return out->failed ? HG_ENOMEM : HG_OK;
}

static const char *copied(const json_t *o, const char *name, hg_arena *arena)
{
	const json_t *value = json_object_get(o, name);
	return json_is_string(value) ? hg_arena_copy(arena, json_string_value(value), json_string_length(value)) : NULL;
}

static bool take_steps(const json_t *list, hg_arena *arena, hg_steps *steps)
{
	hg_step *at = HG_NEWS(arena, json_array_size(list) + 1, hg_step);
	*steps = (hg_steps){.n = json_array_size(list), .at = at};
	for (size_t i = 0; at && i < steps->n; i++) {
		const json_t *o = json_array_get(list, i);
		at[i] = (hg_step){.key = copied(o, "key", arena), .title = copied(o, "title", arena),
		                  .points = json_number_value(json_object_get(o, "points"))};
		if (!at[i].key || !at[i].title)
			return false;
		steps->total += at[i].points;
	}
	return at != NULL;
}

static bool read_header(hg_str line, hg_arena *arena, hg_cohort *c)
{
	if (line.n < 18)
		return false;
	json_error_t where;
	json_t *o = json_loadb(line.p + 17, line.n - 17, 0, &where);
	const char *schema = json_string_value(json_object_get(o, "schema"));
	bool well = schema && strcmp(schema, SCHEMA) == 0;
	c->assignment = copied(o, "assignment", arena);
	c->run = copied(o, "run", arena);
	c->shard = (size_t)json_integer_value(json_object_get(o, "shard"));
	c->nshards = (size_t)json_integer_value(json_object_get(o, "of"));
	c->nstudents = (size_t)json_integer_value(json_object_get(o, "students"));
	const json_int_t inherited = json_integer_value(json_object_get(o, "inherited"));
	well = well && c->assignment && c->run && c->shard && c->nshards && take_steps(json_object_get(o, "steps"), arena, &c->steps);
	well = well && inherited >= 0 && inherited <= HG_INHERITED_NONE;
	c->steps.inherited = well ? (hg_inherited)inherited : HG_INHERITED_UNSAID;
	json_decref(o);
	return well;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Records up to the first line that is torn. */
static hg_status read_records(hg_str text, hg_arena *arena, hg_cohort *c)
{
	size_t room = 1;
	for (size_t i = 0; i < text.n; i++)
		room += text.p[i] == '\n';
	c->record = HG_NEWS(arena, room, hg_record);
	if (!c->record)
		return HG_ENOMEM;
	while (text.n) {
		const char *end = memchr(text.p, '\n', text.n);
		if (!end)
			return HG_OK;
		size_t n = (size_t)(end - text.p);
		hg_status status = hg_record_read(hg_str_part(text, 0, n), arena, &c->record[c->nrecords]);
		if (status == HG_EINVAL)
			return HG_OK;
		HG_TRY(status);
		c->nrecords++;
		text = hg_str_part(text, n + 1, text.n);
	}
	return HG_OK;
}

static hg_status say(hg_arena *arena, const char **trouble, const char *folder, const char *what)
{
	*trouble = hg_arena_print(arena, "%s: %s", folder, what);
	return *trouble ? HG_EIO : HG_ENOMEM;
}

static hg_status read_journal(const char *folder, const char *path, hg_arena *arena, hg_cohort *c, const char **trouble)
{
	hg_buf bytes = {0};
	hg_status status = hg_load(path, LARGEST, &bytes);
	int why = errno;
	hg_str text = hg_buf_slice(&bytes);
	const char *end = text.n ? memchr(text.p, '\n', text.n) : NULL;
	size_t head = end ? (size_t)(end - text.p) : text.n;
	if (status == HG_EIO)
		status = say(arena, trouble, folder, why == ENOENT ? "no journal of a graded class is here" : hg_load_why(why));
	else if (status == HG_OK && !read_header(hg_str_part(text, 0, head), arena, c))
		status = say(arena, trouble, folder, "its journal is of another version or damaged; grade into an empty folder");
	else if (status == HG_OK)
		status = read_records(hg_str_part(text, head + 1, text.n), arena, c);
	hg_buf_free(&bytes);
	return status;
}

hg_status hg_journal_read(const char *folder, hg_arena *arena, hg_cohort *c, const char **trouble)
{
	*c = (hg_cohort){0};
	*trouble = NULL;
	const char *path = hg_arena_print(arena, "%s/journal.jsonl", folder);
	return path ? read_journal(folder, path, arena, c, trouble) : HG_ENOMEM;
}

/* ---- the folder --------------------------------------------------------------------------------------------------- */

/* Is there anything a run of ours did not put there? */
static bool holds_other_files(const char *folder)
{
	DIR *d = opendir(folder);
	bool other = false;
	for (struct dirent *entry; d && (entry = readdir(d));)
		other |= entry->d_name[0] != '.' && strcmp(entry->d_name, "overrides.csv") != 0;
	if (d)
		closedir(d);
	return other;
}

/* Files an interrupted run had begun to write, in the folder or one below it. */
static void clear_unfinished(const char *out, const char *below)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/%s", out, below);
	DIR *d = opendir(path);
	for (struct dirent *entry; d && (entry = readdir(d));)
		if (hg_str_ends(hg_str_of(entry->d_name), ".tmp"))
			unlinkat(dirfd(d), entry->d_name, 0);
	if (d)
		closedir(d);
}

void hg_journal_sweep(const char *out)
{
	const int kept = errno;
	clear_unfinished(out, ".");
	clear_unfinished(out, "students");
	clear_unfinished(out, "gradescope");
	errno = kept;
}

hg_status hg_journal_open(const char *out, hg_arena *arena, hg_cohort *c, hg_journal *journal, const char **trouble)
{
	*journal = (hg_journal){.fd = -1, .lock = -1};
	*trouble = NULL;
	const char *lock = hg_arena_print(arena, "%s/.lock", out);
	journal->path = hg_arena_print(arena, "%s/journal.jsonl", out);
	if (!lock || !journal->path)
		return HG_ENOMEM;
	if (hg_save_folder(out) != HG_OK || (journal->lock = open(lock, O_CREAT | O_RDWR | O_CLOEXEC, 0666)) < 0)
		return say(arena, trouble, out, strerror(errno));
	if (flock(journal->lock, LOCK_EX | LOCK_NB) != 0)
		return say(arena, trouble, out, "another run is writing here");
	hg_journal_sweep(out);
	if (access(journal->path, F_OK) == 0)
		return read_journal(out, journal->path, arena, c, trouble);
	if (holds_other_files(out))
		return say(arena, trouble, out, "holds files that are no graded class; name an empty folder");
	return HG_OK;
}

/* ---- writing ------------------------------------------------------------------------------------------------------ */

static hg_status rewrite(const hg_journal *journal, const hg_cohort *c)
{
	hg_buf text = {0};
	hg_status status = write_header(c, &text);
	for (size_t i = 0; status == HG_OK && i < c->nrecords; i++) {
		status = hg_record_write(&c->record[i], &text);
		hg_buf_char(&text, '\n');
	}
	status = status == HG_OK && text.failed ? HG_ENOMEM : status;
	if (status == HG_OK)
		status = hg_save(journal->path, hg_buf_slice(&text));
	hg_buf_free(&text);
	return status;
}

hg_status hg_journal_begin(hg_journal *journal, const hg_cohort *c)
{
	char students[PATH_MAX];
	snprintf(students, sizeof students, "%.*sstudents", (int)(strlen(journal->path) - strlen("journal.jsonl")),
	         journal->path);
	HG_TRY(rewrite(journal, c)); /* first: a folder of pages without a journal is nobody's */
	HG_TRY(hg_save_folder(students));
	journal->fd = open(journal->path, O_WRONLY | O_APPEND | O_CLOEXEC);
	return journal->fd < 0 ? HG_EIO : HG_OK;
}

hg_status hg_journal_add(hg_journal *journal, const hg_record *record)
{
	hg_buf line = {0};
	hg_status status = hg_record_write(record, &line);
	hg_buf_char(&line, '\n');
	hg_str rest = hg_buf_slice(&line);
	while (status == HG_OK && rest.n) {
		ssize_t n = write(journal->fd, rest.p, rest.n);
		if (n < 0 && errno != EINTR)
			status = HG_EIO;
		rest = hg_str_part(rest, n > 0 ? (size_t)n : 0, rest.n);
	}
	if (status == HG_OK && fsync(journal->fd) != 0)
		status = HG_EIO;
	hg_buf_free(&line);
	return status;
}

hg_status hg_journal_end(hg_journal *journal, const hg_cohort *c) { return rewrite(journal, c); }

void hg_journal_close(hg_journal *journal)
{
	if (journal->fd >= 0)
		close(journal->fd);
	if (journal->lock >= 0)
		close(journal->lock);
	journal->fd = journal->lock = -1;
}
