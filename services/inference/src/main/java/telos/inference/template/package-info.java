/**
 * Chat templates in the Jinja dialect that model files carry: a parser and an interpreter of the subset that the model
 * families use, with the white-space rules of Hugging Face's renderer ({@code trim_blocks}, {@code lstrip_blocks}). A
 * {@link telos.inference.template.ChatTemplate} is parsed once and rendered often, by any number of threads. A template
 * comes with a downloaded file and is not to be trusted with more than text: it reaches nothing but the values it is
 * given, its work, memory and depth are bounded, and it gives whole output or a
 * {@link telos.inference.template.TemplateException}, never a part. What came out of the values is marked as untrusted
 * in the output, so that it is never read as control tokens.
 */
@NullMarked
package telos.inference.template;

import org.jspecify.annotations.NullMarked;
