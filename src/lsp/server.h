/* A language server: documents that an editor has open, judged as they change. Protocol 3.17, over two file descriptors. */
#ifndef HG_LSP_SERVER_H
#define HG_LSP_SERVER_H

#include "document/document.h"

/* Serves until the editor says exit, or goes. The exit code: 0 behind a shutdown, else 1. */
int hg_lsp_serve(int in, int out, const hg_document_options *options);

#endif
