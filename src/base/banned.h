/* banned.h - functions of the C library that no file of src/ may call.
 *
 * Force-included before everything by the build.  It first includes the system headers
 * that declare these names, so that their own text is read as it is; from then on a call
 * expands to a name that says why it is refused and is declared nowhere.
 *
 * Why: unbounded copies (use str and buf), hidden state or locale (use base/time.h, the
 * arena, str_int), randomness without a seed (use base/rng.h or libsodium), shells (use
 * nothing), and memory on the stack without limit.
 */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H

#include <alloca.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define BANNED(name, instead) banned_##name##_use_##instead

#undef strcpy
#define strcpy(...) BANNED(strcpy, str)
#undef stpcpy
#define stpcpy(...) BANNED(stpcpy, str)
#undef strcat
#define strcat(...) BANNED(strcat, buf)
#undef strncpy
#define strncpy(...) BANNED(strncpy, str)
#undef strncat
#define strncat(...) BANNED(strncat, buf)
#undef strtok
#define strtok(...) BANNED(strtok, str_cut)
#undef strtok_r
#define strtok_r(...) BANNED(strtok_r, str_cut)
#undef strdup
#define strdup(...) BANNED(strdup, str_dup)
#undef strndup
#define strndup(...) BANNED(strndup, str_dup)
#undef strerror
#define strerror(...) BANNED(strerror, strerrordesc_np)

#undef sprintf
#define sprintf(...) BANNED(sprintf, str_fmt)
#undef vsprintf
#define vsprintf(...) BANNED(vsprintf, str_fmt)
#undef gets
#define gets(...) BANNED(gets, fread)
#undef scanf
#define scanf(...) BANNED(scanf, str_cut)
#undef sscanf
#define sscanf(...) BANNED(sscanf, str_cut)
#undef fscanf
#define fscanf(...) BANNED(fscanf, str_cut)
#undef tmpnam
#define tmpnam(...) BANNED(tmpnam, mkostemp)
#undef mktemp
#define mktemp(...) BANNED(mktemp, mkostemp)

#undef atoi
#define atoi(...) BANNED(atoi, str_int)
#undef atol
#define atol(...) BANNED(atol, str_int)
#undef atoll
#define atoll(...) BANNED(atoll, str_int)
#undef atof
#define atof(...) BANNED(atof, integers)

#undef localtime
#define localtime(...) BANNED(localtime, zone)
#undef localtime_r
#define localtime_r(...) BANNED(localtime_r, zone)
#undef gmtime
#define gmtime(...) BANNED(gmtime, ts_civil)
#undef gmtime_r
#define gmtime_r(...) BANNED(gmtime_r, ts_civil)
#undef ctime
#define ctime(...) BANNED(ctime, ts_text)
#undef asctime
#define asctime(...) BANNED(asctime, ts_text)
#undef mktime
#define mktime(...) BANNED(mktime, civil_ts)
#undef strftime
#define strftime(...) BANNED(strftime, ts_text)
#undef strptime
#define strptime(...) BANNED(strptime, ts_parse)
#undef tzset
#define tzset(...) BANNED(tzset, zone)

#undef rand
#define rand(...) BANNED(rand, rng_next)
#undef srand
#define srand(...) BANNED(srand, rng_init)
#undef random
#define random(...) BANNED(random, rng_next)
#undef srandom
#define srandom(...) BANNED(srandom, rng_init)
#undef drand48
#define drand48(...) BANNED(drand48, rng_next)

#undef system
#define system(...) BANNED(system, nothing)
#undef popen
#define popen(...) BANNED(popen, nothing)
#undef alloca
#define alloca(...) BANNED(alloca, arena_alloc)
#undef setlocale
#define setlocale(...) BANNED(setlocale, po)
#undef setenv
#define setenv(...) BANNED(setenv, nothing)
#undef putenv
#define putenv(...) BANNED(putenv, nothing)
#undef signal
#define signal(...) BANNED(signal, sigaction)

#endif
