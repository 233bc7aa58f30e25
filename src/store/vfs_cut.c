#include "store/vfs_fault_impl.h"

#include <stdlib.h>

/* ---- power cuts */

struct cut {
	const struct disk *from;
	struct disk *to;
	enum disk_cut how;
	struct rng rng;
	size_t *open; /* steps not flushed, of one file */
	size_t n;
};

static bool survives(struct cut *c)
{
	return c->how == CUT_KEEP || (c->how != CUT_DROP && rng_chance(&c->rng, 1, 2));
}

static void apply(struct file *f, const struct step *s)
{
	f->exists = s->what != DELETED;
	if (s->what == WROTE)
		bytes_put(&f->now, (size_t)s->at, s->p, s->n);
	else if (s->what == CUT_TO)
		bytes_resize(&f->now, (size_t)s->at);
	else
		f->now.n = 0; /* created or deleted */
}

/* Some sectors of a write, as a disk that lost power in the middle of it. */
static void apply_torn(struct cut *c, struct file *f, const struct step *s)
{
	for (size_t at = 0; at < s->n;) {
		size_t to = SECTOR - ((size_t)s->at + at) % SECTOR + at;
		to = to < s->n ? to : s->n;
		if (survives(c))
			bytes_put(&f->now, (size_t)s->at + at, s->p + at, to - at);
		at = to;
	}
}

static void shuffle(struct cut *c)
{
	for (size_t i = c->n; i > 1; i--) {
		size_t k = rng_below(&c->rng, i), t = c->open[k];
		c->open[k] = c->open[i - 1];
		c->open[i - 1] = t;
	}
}

/* What was not flushed at the moment of the cut. */
static void lose(struct cut *c, struct file *f)
{
	if (c->how == CUT_SHUFFLE)
		shuffle(c);
	for (size_t i = 0; i < c->n; i++) {
		const struct step *s = &c->from->log[c->open[i]];
		if (s->what == CREATED && !f->exists && c->how != CUT_KEEP)
			continue; /* exists if something of it survives */
		if (c->how == CUT_TORN && s->what == WROTE) {
			f->exists = true;
			apply_torn(c, f, s);
		} else if (survives(c)) {
			apply(f, s);
		}
	}
}

/* The first `n` steps not flushed are on the disk now. */
static void settle(struct cut *c, struct file *f, size_t n)
{
	for (size_t i = 0; i < n; i++)
		apply(f, &c->from->log[c->open[i]]);
	c->n -= n;
	memmove(c->open, c->open + n, c->n * sizeof *c->open);
}

/* How many of them a flush of the folder settles: up to the last creation or deletion. */
static size_t in_folder(const struct cut *c)
{
	size_t n = c->n;
	while (n > 0 && c->from->log[c->open[n - 1]].what != CREATED &&
	       c->from->log[c->open[n - 1]].what != DELETED)
		n--;
	return n;
}

static void cut_file(struct cut *c, unsigned file, size_t moment)
{
	struct file *f = disk_entry(c->to, c->from->file[file].name);
	c->n = 0;
	for (size_t i = 0; i < moment; i++) {
		const struct step *s = &c->from->log[i];
		if (s->what == FOLDER)
			settle(c, f, in_folder(c));
		else if (s->file != file || s->what == MARKED)
			continue;
		else if (s->what == FLUSHED)
			settle(c, f, c->n);
		else
			c->open[c->n++] = i;
	}
	lose(c, f);
	if (!f->exists)
		f->now.n = 0;
	c->to->used += f->now.n;
}

/* The new disk starts with a log of its own: what is on it is flushed. */
static void restart_log(struct disk *d)
{
	for (unsigned i = 0; i < d->files; i++) {
		struct file *f = &d->file[i];
		if (!f->exists)
			continue;
		disk_note(d, CREATED, i);
		disk_note_write(d, i, 0, f->now.n ? f->now.p : "", f->now.n);
		disk_note(d, FLUSHED, i);
	}
	disk_note(d, FOLDER, 0);
}

struct disk *disk_cut(const struct disk *d, size_t moment, enum disk_cut how, uint64_t seed)
{
	ASSERT(moment <= d->steps);
	struct cut c = {
		.from = d, .to = disk_new(seed), .how = how, .rng = rng_init(seed, 3)
	};
	c.open = calloc(moment + 1, sizeof *c.open);
	if (!c.open)
		die("out of memory: simulated disk");
	for (unsigned i = 0; i < d->files; i++)
		cut_file(&c, i, moment);
	free(c.open);
	restart_log(c.to);
	return c.to;
}
