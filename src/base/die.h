/* die.h - how the program stops when it finds a bug of its own.
 *
 * Three tiers, never mixed: a bug aborts (here), an outcome is returned (err.h), a fault
 * of the user's input is explained (fault.h).  Assertions stay on in every build: a
 * watchman that goes on with a broken invariant is worse than one that restarts.
 *
 * Threads: any.
 */
#ifndef BASE_DIE_H
#define BASE_DIE_H

#if defined(__GNUC__)
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#endif
#define MUST_USE   __attribute__((warn_unused_result))
#define CLEANUP(f) __attribute__((cleanup(f)))
#define NORETURN   __attribute__((noreturn))

/* Writes one line to stderr and aborts.  The text must hold no personal data. */
NORETURN void die_at(const char *file, int line, const char *fmt, ...) PRINTF_LIKE(3, 4);

#define die(...)     die_at(__FILE__, __LINE__, __VA_ARGS__)
#define ASSERT(cond) ((cond) ? (void)0 : die("assertion failed: %s", #cond))

#endif
