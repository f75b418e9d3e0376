#include <stdio.h>

int main(void)
{
	puts("handgrad " HG_VERSION);
	return 0;
}
