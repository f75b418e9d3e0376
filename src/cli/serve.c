#include "cli/serve.h"

#include "base/descriptors.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { REQUEST = 4096, PATIENCE_S = 2, LARGEST = 64 << 20 };

bool hg_serve_begin(hg_serve *s, const char *path)
{
	struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof at;
	*s = (hg_serve){.listening = hg_ours_alone(socket(AF_INET, SOCK_STREAM, 0)), .path = path};
	if (s->listening < 0 || fcntl(s->listening, F_SETFL, O_NONBLOCK) || bind(s->listening, (struct sockaddr *)&at, n) || listen(s->listening, HG_SERVE_WAITING) ||
	    getsockname(s->listening, (struct sockaddr *)&at, &n)) {
		int why = errno;
		hg_serve_end(s);
		errno = why;
		return false;
	}
	s->port = ntohs(at.sin_port);
	return true;
}

void hg_serve_end(hg_serve *s)
{
	for (size_t i = 0; i < s->nwaiting; i++)
		close(s->waiting[i]);
	s->nwaiting = 0;
	if (s->listening >= 0)
		close(s->listening);
	s->listening = -1;
}

/* ---- answers ---------------------------------------------------------------------------------------------------- */

static void send_all(int fd, hg_str bytes)
{
	for (size_t at = 0; at < bytes.n;) {
		ssize_t n = send(fd, bytes.p + at, bytes.n - at, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			return; /* it has gone, or does not listen */
		at += n > 0 ? (size_t)n : 0;
	}
}

static void answer(int fd, const char *status, const char *type, hg_str body)
{
	hg_buf head = {0};
	hg_buf_print(&head, "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\nCache-Control: no-store\r\n"
	             "Connection: close\r\n\r\n", status, type, body.n);
	send_all(fd, hg_buf_slice(&head));
	send_all(fd, body);
	hg_buf_free(&head);
	close(fd);
}

static void refuse(int fd, const char *status) { answer(fd, status, "text/plain", hg_str_of(status)); }

static bool read_file(const char *path, hg_buf *out)
{
	char part[16384];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : 1;
	while (n > 0 && out->n < LARGEST && (n = read(fd, part, sizeof part)) > 0)
		hg_buf_add(out, part, (size_t)n);
	if (fd >= 0)
		close(fd);
	return n == 0 && !out->failed;
}

/* The page as the file has it, with leave to ask its own server, and a script that does. */
static void put_page(hg_str page, hg_buf *out)
{
	static const char none[] = "default-src 'none';", leave[] = " script-src 'unsafe-inline'; connect-src 'self';";
	static const char script[] = "<script>const wait=()=>fetch('/changed').then(r=>r.ok?location.reload():0)"
	                             ".catch(()=>{document.title='(ended) '+document.title});wait()</script>";
	size_t at = hg_str_find(page, hg_str_of(none)), body = hg_str_find(page, HG_STR("</body>"));
	at = at == (size_t)-1 ? 0 : at + sizeof none - 1;
	body = body == (size_t)-1 ? page.n : body;
	hg_buf_str(out, hg_str_part(page, 0, at));
	hg_buf_text(out, at ? leave : "");
	hg_buf_str(out, hg_str_part(page, at, body - at));
	hg_buf_text(out, script);
	hg_buf_str(out, hg_str_part(page, body, page.n));
}

static void send_page(const hg_serve *s, int fd)
{
	hg_buf file = {0}, page = {0};
	if (read_file(s->path, &file)) {
		put_page(hg_buf_slice(&file), &page);
		answer(fd, "200 OK", "text/html; charset=utf-8", hg_buf_slice(&page));
	} else {
		refuse(fd, "503 there is no page yet");
	}
	hg_buf_free(&file);
	hg_buf_free(&page);
}

/* ---- requests ------------------------------------------------------------------------------------------------------ */

/* Reads to the empty line; false: too long, too slow, gone. */
static bool read_request(int fd, char request[static REQUEST])
{
	struct timeval patience = {.tv_sec = PATIENCE_S};
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	for (size_t n = 0; n < REQUEST - 1;) {
		ssize_t got = recv(fd, request + n, REQUEST - 1 - n, 0);
		if (got <= 0)
			return false;
		n += (size_t)got;
		request[n] = '\0';
		if (strstr(request, "\r\n\r\n"))
			return true;
	}
	return false;
}

/* Was it this server that was asked for? Another name that leads here is a page of somebody else's that looks around. */
static bool is_for_us(const hg_serve *s, const char *request)
{
	static const char *const names[] = {"127.0.0.1", "localhost"};
	const char *host = strcasestr(request, "\r\nHost:");
	host = host ? host + strlen("\r\nHost:") : "";
	host += strspn(host, " ");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char wanted[64];
		int n = snprintf(wanted, sizeof wanted, "%s:%u\r\n", names[i], s->port);
		if (strncmp(host, wanted, (size_t)n) == 0)
			return true;
	}
	return false;
}

static bool asks(const char *request, const char *path)
{
	size_t n = strlen(path);
	return strncmp(request, "GET ", 4) == 0 && strncmp(request + 4, path, n) == 0 && request[4 + n] == ' ';
}

void hg_serve_answer(hg_serve *s)
{
	char request[REQUEST];
	int fd = hg_ours_alone(accept(s->listening, NULL, NULL));
	if (fd < 0)
		return;
	fcntl(fd, F_SETFL, 0); /* some systems hand O_NONBLOCK on */
	if (!read_request(fd, request))
		close(fd);
	else if (!is_for_us(s, request))
		refuse(fd, "403 Forbidden");
	else if (asks(request, "/"))
		send_page(s, fd);
	else if (!asks(request, "/changed"))
		refuse(fd, "404 Not Found");
	else if (s->nwaiting == HG_SERVE_WAITING)
		refuse(fd, "503 too many pages");
	else
		s->waiting[s->nwaiting++] = fd;
}

void hg_serve_changed(hg_serve *s)
{
	for (size_t i = 0; i < s->nwaiting; i++)
		answer(s->waiting[i], "200 OK", "text/plain", HG_STR("changed"));
	s->nwaiting = 0;
}
