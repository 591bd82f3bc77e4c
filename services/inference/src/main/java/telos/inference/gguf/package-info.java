/**
 * Model files in GGUF, versions 2 and 3: {@link telos.inference.gguf.GgufFile} reads and checks one,
 * {@link telos.inference.gguf.GgufWriter} makes one. A file is hostile until proven sound: every count, length and offset
 * is checked before it is used, and what is wrong is said with its place and the way to mend it. Tensors are copied by
 * positional reads into the caller's memory; nothing here may map a file, for a mapped file that shrinks kills the JVM.
 */
@NullMarked
package telos.inference.gguf;

import org.jspecify.annotations.NullMarked;
