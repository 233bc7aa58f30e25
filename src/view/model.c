#include "view/model.h"

void show_tone(struct buf *b, const struct view_ctx *cx, enum tone t)
{
	static const char *const words[TONE_COUNT_] = {
		"plain", "done", "late", "failed", "unknown", "door", "absent", "brand",
	};
	(void)cx;
	ASSERT(t < TONE_COUNT_);
	buf_z(b, words[t]);
}

void show_face(struct buf *b, const struct view_ctx *cx, enum face f)
{
	static const char *const words[FACE_COUNT_] = {
		"face-public",
		"face-person",
		"face-carer",
		"face-desk",
	};
	(void)cx;
	ASSERT(f < FACE_COUNT_);
	buf_z(b, words[f]);
}
