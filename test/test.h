/* test.h - tests are sentences.  TEST(a_visit_cannot_start_twice) { ... } registers itself;
 * one executable per folder of test/ runs all of its own.  Engine: cmocka.
 * Only this header includes cmocka.h, after the headers it wants.
 */
#ifndef TEST_TEST_H
#define TEST_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

void test_register(const char *name, void (*fn)(void **));

#define TEST(name)                                                                         \
	static void test_##name(void **state);                                             \
	__attribute__((constructor)) static void reg_##name(void)                          \
	{                                                                                  \
		test_register(#name, test_##name);                                         \
	}                                                                                  \
	static void test_##name(void **state __attribute__((unused)))

#define CHECK(cond)          assert_true(cond)
#define CHECK_INT(a, b)      assert_int_equal((a), (b))
#define CHECK_STR(s, lit)    check_str_at((s), str_of(lit), __FILE__, __LINE__)
#define CHECK_STRS(s, t)     check_str_at((s), (t), __FILE__, __LINE__)
#define CHECK_ERR(call, err) assert_string_equal(err_name(call), err_name(err))
#define CHECK_OK(call)       assert_string_equal(err_name(call), "OK")

#include "base/str.h"
void check_str_at(str got, str want, const char *file, int line);

/* A fresh arena freed by the end of the test's scope. */
#define TEST_ARENA(a) struct arena *a __attribute__((cleanup(arena_freep))) = arena_new(0)

#endif
