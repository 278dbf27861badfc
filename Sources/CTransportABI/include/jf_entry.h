/* jf_entry.h - the one exported symbol, and what it hands out. */
#ifndef JF_ENTRY_H
#define JF_ENTRY_H

#include "jf_value.h"

JF_C_BEGIN
JF_ASSUME_NONNULL_BEGIN

#define JF_ENTRY_SYMBOL "jf_plugin_entry_v1"
#define JF_MAGIC ((uint32_t)0x3146464Au) /* "JFF1" in little-endian order */
#define JF_ABI_MAJOR ((uint32_t)1)
#define JF_ABI_MINOR ((uint32_t)0) /* diagnostic only, never a condition */

/* A plugin's descriptor. Static for the life of the process; texts are NUL-terminated UTF-8.
 *
 * `id`            what `plugin:` in a providers.yaml names: [a-z0-9]+(-[a-z0-9]+)*
 * `version`       the plugin's own, as Semantic Versioning.
 * `toolchain`     compiler and version, for diagnostics.
 * `manifest_json` "jackfield.manifest/1": the same facts with the schema of `options`; equal to the
 *                 side-car file `<library>.json` where there is one. */
typedef struct jf_entry_1 jf_entry;
struct JF_SENDABLE jf_entry_1 {
  uint32_t magic;       /* JF_MAGIC */
  uint32_t struct_size; /* sizeof(jf_entry) */
  uint32_t minor;       /* JF_ABI_MINOR of the headers it was built with */
  uint32_t flags;       /* 0 */
  const char *id;
  const char *version;
  const char *toolchain;
  const char *manifest_json;
  /* An interface by id, the same pointer each time, or NULL for one it does not have. [any-thread] */
  const void *JF_NULLABLE (*JF_NONNULL get_interface)(const jf_entry *self, const char *id);
};

typedef const jf_entry *JF_NULLABLE (*JF_NONNULL jf_entry_function)(void);

/* The entry: the same descriptor each time, or NULL when the plugin cannot work here. [load] */
JF_EXPORT const jf_entry *JF_NULLABLE jf_plugin_entry_v1(void);

JF_ASSUME_NONNULL_END
JF_C_END
#endif
