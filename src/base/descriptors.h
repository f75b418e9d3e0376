/* Descriptors that programs we start do not get. */
#ifndef HG_BASE_DESCRIPTORS_H
#define HG_BASE_DESCRIPTORS_H

#include <fcntl.h>
#include <unistd.h>

/* The descriptor itself; -1 stays. */
static inline int hg_ours_alone(int fd)
{
	if (fd >= 0)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

/* 0, or -1 and errno. Where there is pipe2 no thread can start a program in between. */
static inline int hg_pipe(int ends[2])
{
#ifdef HG_HAVE_PIPE2
	return pipe2(ends, O_CLOEXEC);
#else
	if (pipe(ends) != 0)
		return -1;
	hg_ours_alone(ends[0]);
	hg_ours_alone(ends[1]);
	return 0;
#endif
}

#endif
