/* jf_value.h - the values that cross: borrowed text and bytes, pairs, ranges, members, statuses. */
#ifndef JF_VALUE_H
#define JF_VALUE_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define JF_EXPORT __declspec(dllexport)
#else
#define JF_EXPORT __attribute__((visibility("default")))
#endif

/* Nullability and sendability reach the languages that know them; elsewhere they are comments. The
 * pragmas keep `-Wpedantic` silent about them in these headers and nowhere else. */
#if defined(__clang__)
#define JF_NULLABLE _Nullable
#define JF_NONNULL _Nonnull
#define JF_SENDABLE __attribute__((swift_attr("@Sendable")))
#define JF_ASSUME_NONNULL_BEGIN                                     \
  _Pragma("clang diagnostic push")                                  \
  _Pragma("clang diagnostic ignored \"-Wnullability-extension\"") \
  _Pragma("clang assume_nonnull begin")
#define JF_ASSUME_NONNULL_END \
  _Pragma("clang assume_nonnull end") _Pragma("clang diagnostic pop")
#else
#define JF_NULLABLE
#define JF_NONNULL
#define JF_SENDABLE
#define JF_ASSUME_NONNULL_BEGIN
#define JF_ASSUME_NONNULL_END
#endif

#ifdef __cplusplus
#define JF_C_BEGIN extern "C" {
#define JF_C_END }
#else
#define JF_C_BEGIN
#define JF_C_END
#endif

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

/* UTF-8 text, not NUL-terminated, valid during the call that passes it. `ptr` may be NULL only when
 * `len` is 0. "Absent" and "empty" are the same thing wherever a comment does not say otherwise. */
typedef struct jf_borrowed_text_1 {
  const char *JF_NULLABLE ptr;
  size_t len;
} jf_borrowed_text;

/* Bytes, valid during the call that passes them. `ptr` may be NULL only when `len` is 0. */
typedef struct jf_borrowed_bytes_1 {
  const uint8_t *JF_NULLABLE ptr;
  size_t len;
} jf_borrowed_bytes;

/* A name with its value: a header (names in lower case) or a decoded query pair. */
typedef struct jf_borrowed_pair_1 {
  jf_borrowed_text name;
  jf_borrowed_text value;
} jf_borrowed_pair;

/* A part of a body, in bytes from its first byte. */
typedef struct jf_range_1 {
  size_t offset;
  size_t length;
} jf_range;

/* One member of a JSON object: the key with its quotes, and the value without surrounding space. */
typedef struct jf_member_1 {
  jf_range key;
  jf_range value;
} jf_member;

/* What a function answers. Flows from plugin to host. */
typedef int32_t jf_status;
#define JF_OK ((jf_status)0)          /* done as asked */
#define JF_NEED_EFFECT ((jf_status)1) /* jf_auth.h: perform the effect, then step again */
#define JF_DONE ((jf_status)2)        /* jf_auth.h: the sink has the result */
#define JF_FAILED ((jf_status)-1)     /* the sink's `fail` was called exactly once */

/* A secret that the host holds; the plugin places it and never sees its value. 0 is no secret. */
typedef uint64_t jf_credential_handle;

JF_ASSUME_NONNULL_END
JF_C_END
#endif
