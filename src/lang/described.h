/* Letters that the words behind them say what they are: "where g is the ReLU". */
#ifndef HG_LANG_DESCRIBED_H
#define HG_LANG_DESCRIBED_H

#include "text/doc.h"

/* If stretch i is one letter alone and the words behind it begin to say what it is: the letter as names spell it, and those words to
 * the end of their clause. Empty where it is not so. */
hg_str hg_letter_described(const hg_doc *doc, size_t i, hg_str *words);

/* Do words say of a letter that it is a function, and not the value of one? "the ReLU", but not "the sigmoid of". */
bool hg_words_say_function(hg_str words);

#endif
