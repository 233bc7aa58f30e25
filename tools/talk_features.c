/* talk_features - sentences of data/talk/intents.tsv in, features for tools/talk_train.py out. */
#include "talk/model.h"

#include <stdio.h>
#include <stdlib.h>

/* The trainer runs before the weights exist; nothing here reads them. */
const int8_t talk_weights[MODEL_BUCKETS][INTENT_COUNT_] = { 0 };

int main(int argc, char **argv)
{
	CLEAN_ARENA struct arena *a = arena_new(32u << 20);
	FILE *in = argc > 1 ? fopen(argv[1], "r") : NULL;
	char *line = NULL;
	size_t cap = 0;
	if (!in)
		return 2;
	while (getline(&line, &cap, in) > 0) {
		str rest = str_trim(str_of(line)), intent = str_cut(&rest, '\t');
		if (!rest.n)
			continue;
		struct buf out = buf_init(a, 1 << 20);
		buf_put(&out, intent);
		buf_byte(&out, ' ');
		intent_train_line(&out, sent_read(a, rest));
		fwrite(out.p, 1, out.n, stdout);
		arena_clear(a);
	}
	free(line);
	fclose(in);
	return 0;
}
