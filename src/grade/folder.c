#include "grade/folder.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_FILES = 64, LONGEST_PAGE = 120 };

static const char *const endings[] = {".md", ".markdown", ".tex", ".ipynb", ".txt", ".rst", ".py"};

/* Of a class that hands in modules, those; else documents. */
static bool is_module(const char *name)
{
	size_t n = name ? strlen(name) : 0;
	return n > 2 && strcmp(name + n - 2, ".c") == 0;
}

/* Length of the ending, if the name has one of those that are read. */
static size_t ending_of(const char *name, const char *assignment)
{
	size_t n = strlen(name);
	if (is_module(assignment))
		return is_module(name) ? 2 : 0;
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		size_t k = strlen(endings[i]);
		if (n > k && strcasecmp(name + n - k, endings[i]) == 0)
			return k;
	}
	return 0;
}

/* ---- names ----------------------------------------------------------------------------------------------------- */

static unsigned long long fnv(const char *text)
{
	unsigned long long h = 14695981039346656037ULL;
	for (; *text; text++)
		h = (h ^ (unsigned char)*text) * 1099511628211ULL;
	return h;
}

/* Letters, digits, - and _ stand for themselves; every other byte is %XX; what gets too long is cut, with a hash. */
static const char *page_of(const char *student, hg_arena *arena)
{
	hg_buf name = {0};
	for (const char *p = student; *p; p++) {
		unsigned char c = (unsigned char)*p;
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
		             (c == '-' && p > student) || (c == '.' && p > student);
		if (plain)
			hg_buf_char(&name, *p);
		else
			hg_buf_print(&name, "%%%02X", c);
	}
	if (name.n > LONGEST_PAGE) {
		name.n = LONGEST_PAGE;
		hg_buf_print(&name, "%%-%016llx", fnv(student));
	}
	char *copy = name.failed ? NULL : hg_arena_copy(arena, name.p, name.n);
	hg_buf_free(&name);
	return copy;
}

bool hg_is_page(const char *page)
{
	size_t n = 0;
	for (; page[n]; n++) {
		unsigned char c = (unsigned char)page[n];
		if (!isalnum(c) && c != '_' && c != '%' && !((c == '-' || c == '.') && n))
			return false;
	}
	return n && n <= LONGEST_PAGE + 20;
}

static int by_student(const void *a, const void *b)
{
	const hg_submission *x = a, *y = b;
	int order = strcmp(x->student, y->student);
	return order ? order : strcmp(x->file ? x->file : "", y->file ? y->file : "");
}

/* ---- what is in a folder ------------------------------------------------------------------------------------------ */

static bool is_any(const char *name, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcasecmp(name, list[i]) == 0)
			return true;
	return false;
}

/* What systems and tools leave in a folder; of everything else somebody may be the author. */
static bool is_litter(const char *name)
{
	static const char *const names[] = {".", "..", ".DS_Store", "__MACOSX", ".git", ".ipynb_checkpoints", ".lock", "Thumbs.db"};
	return is_any(name, names, sizeof names / sizeof *names) || strncmp(name, "._", 2) == 0;
}

/* Work in a form that is not read: a person must look at it. */
static bool is_document(const char *name)
{
	static const char *const forms[] = {".pdf", ".doc", ".docx", ".odt", ".rtf", ".pages", ".html", ".htm", ".jpg", ".jpeg",
	                                    ".png", ".heic", ".zip", ".gz", ".tar", ".7z", ".rar"};
	const char *dot = strrchr(name, '.');
	return dot && dot > name && is_any(dot, forms, sizeof forms / sizeof *forms);
}

/* The next entry; NULL at the end, or where the folder cannot be read: errno is then not 0. */
static struct dirent *next_entry(DIR *d)
{
	errno = 0;
	return readdir(d);
}

/* The file of DIR/STUDENT/ that is the submission; NULL and a reason where none can be told. */
static hg_status choose(int dir, const char *student, const char *prefer, hg_arena *arena, hg_submission *s)
{
	int fd = openat(dir, student, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (!d) {
		if (fd >= 0)
			close(fd);
		s->trouble = "the folder cannot be read";
		return HG_OK;
	}
	size_t found = 0;
	char *only = NULL, *named = NULL;
	struct dirent *entry = NULL;
	while (found < MOST_FILES && (entry = next_entry(d))) {
		if (is_litter(entry->d_name) || !ending_of(entry->d_name, prefer))
			continue;
		found++;
		only = hg_arena_print(arena, "%s/%s", student, entry->d_name);
		if (prefer && strcmp(entry->d_name, prefer) == 0)
			named = only;
	}
	bool broken = !entry && found < MOST_FILES && errno;
	closedir(d);
	if (broken) {
		s->trouble = "the folder cannot be read";
		return HG_OK;
	}
	s->file = named ? named : found == 1 ? only : NULL;
	if (!s->file)
		s->trouble = found ? "several files, and none is named like the assignment"
		             : is_module(prefer) ? "no file that could be read (.c, as the assignment)"
		                   : "no file that could be read (.md .tex .ipynb .txt .rst .py)";
	return hg_arena_failed(arena) ? HG_ENOMEM : HG_OK;
}

static hg_submission *one_more(hg_cohort_folder *folder, hg_arena *arena, size_t *room)
{
	if (folder->n == *room) {
		*room = *room ? 2 * *room : 256;
		hg_submission *more = HG_NEWS(arena, *room, hg_submission);
		if (!more)
			return NULL;
		if (folder->n)
			memcpy(more, folder->at, folder->n * sizeof *more);
		folder->at = more;
	}
	return &folder->at[folder->n++];
}

/* Why what is there cannot be judged as it is; NULL: it can, or nobody handed it in. */
static const char *why_unread(const char *name, const char *prefer, int failed, bool is_folder, size_t ending)
{
	if (failed)
		return "cannot be looked at; is it still there?";
	if (name[0] == '.' && (is_folder || ending))
		return "has a name that begins with a dot, which hides it";
	if (is_folder || ending)
		return NULL;
	return is_module(prefer) ? "is no file that is read (.c, as the assignment)" : "is no file that is read (.md .tex .ipynb .txt .rst .py)";
}

static hg_status add(hg_cohort_folder *folder, const char *name, const char *prefer, hg_arena *arena, size_t *room)
{
	struct stat there = {0};
	if (is_litter(name))
		return HG_OK;
	int failed = fstatat(folder->fd, name, &there, AT_SYMLINK_NOFOLLOW);
	bool is_folder = !failed && S_ISDIR(there.st_mode);
	size_t ending = is_folder ? 0 : ending_of(name, prefer);
	if (!failed && !is_folder && !ending && !is_document(name))
		return HG_OK; /* not a submission: a list of names, a script */
	hg_submission *s = one_more(folder, arena, room);
	if (!s)
		return HG_ENOMEM;
	*s = (hg_submission){.student = hg_arena_copy(arena, name, strlen(name) - ending),
	                     .trouble = why_unread(name, prefer, failed, is_folder, ending)};
	if (!s->student)
		return HG_ENOMEM;
	s->page = page_of(s->student, arena);
	if (is_folder && !s->trouble)
		HG_TRY(choose(folder->fd, s->student, prefer, arena, s));
	else if (!s->trouble)
		s->file = hg_arena_copy(arena, name, strlen(name));
	return s->page && (s->file || s->trouble) ? HG_OK : HG_ENOMEM;
}

/* anna.md beside anna.tex or anna/: which of them counts is not ours to say. One entry stays. */
static void merge_doubles(hg_cohort_folder *folder)
{
	size_t kept = 0;
	for (size_t i = 0; i < folder->n; i++) {
		hg_submission *last = kept ? &folder->at[kept - 1] : NULL;
		if (last && strcmp(last->student, folder->at[i].student) == 0) {
			last->file = NULL;
			last->trouble = "several submissions under one name";
			continue;
		}
		folder->at[kept++] = folder->at[i];
	}
	folder->n = kept;
}

hg_status hg_folder_open(const char *path, const char *prefer, hg_arena *arena, hg_cohort_folder *folder)
{
	*folder = (hg_cohort_folder){.path = path};
	folder->fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int copy = folder->fd < 0 ? -1 : dup(folder->fd);
	DIR *d = copy < 0 ? NULL : fdopendir(copy);
	if (!d) {
		hg_folder_close(folder);
		return HG_EIO;
	}
	size_t room = 0;
	hg_status status = HG_OK;
	for (struct dirent *entry; status == HG_OK && (entry = next_entry(d));)
		status = add(folder, entry->d_name, prefer, arena, &room);
	int why = errno;
	closedir(d);
	if (status == HG_OK && why) {
		hg_folder_close(folder);
		errno = why;
		return HG_EIO;
	}
	if (status == HG_OK && folder->n)
		qsort(folder->at, folder->n, sizeof *folder->at, by_student);
	merge_doubles(folder);
	return status;
}

void hg_folder_close(hg_cohort_folder *folder)
{
	if (folder->fd >= 0)
		close(folder->fd);
	folder->fd = -1;
}

/* ---- reading ------------------------------------------------------------------------------------------------------ */

static const char *why_not(int trouble)
{
	switch (trouble) {
	case ELOOP: return "is a symbolic link, which is not followed";
	case ENOENT: return "has vanished";
	case EACCES: return "may not be read";
	case EISDIR: return "is a folder";
	default: return "cannot be read";
	}
}

/* Opens below the folder, one name at a time, no link on the way. */
static int open_below(int dir, const char *file)
{
	const char *slash = strchr(file, '/');
	if (!slash)
		return openat(dir, file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	char part[NAME_MAX + 1];
	snprintf(part, sizeof part, "%.*s", (int)(slash - file), file);
	int inner = openat(dir, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	int fd = inner < 0 ? -1 : openat(inner, slash + 1, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	int trouble = errno;
	if (inner >= 0)
		close(inner);
	errno = trouble;
	return fd;
}

static const char *read_all(int fd, size_t most, hg_buf *bytes)
{
	struct stat there;
	if (fstat(fd, &there) != 0 || !S_ISREG(there.st_mode))
		return "is not a regular file";
	if ((size_t)there.st_size > most)
		return "is too large";
	char piece[16384];
	for (;;) {
		ssize_t n = read(fd, piece, sizeof piece);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return why_not(errno);
		if (n == 0)
			return NULL;
		if (bytes->n + (size_t)n > most)
			return "is too large";
		hg_buf_add(bytes, piece, (size_t)n);
	}
}

hg_status hg_folder_read(const hg_cohort_folder *folder, const hg_submission *s, size_t most, hg_arena *arena,
                         hg_buf *bytes, const char **trouble)
{
	const char *why = s->trouble;
	*trouble = NULL;
	if (s->file) {
		int fd = open_below(folder->fd, s->file);
		why = fd < 0 ? why_not(errno) : read_all(fd, most, bytes);
		if (fd >= 0)
			close(fd);
	}
	if (bytes->failed)
		return HG_ENOMEM;
	if (!why)
		return HG_OK;
	bytes->n = 0;
	*trouble = hg_arena_print(arena, "%s %s", s->file ? s->file : s->student, why);
	return *trouble ? HG_OK : HG_ENOMEM;
}
