/**
 * Python's pickle as data: a reader that runs the opcodes and never a callable. What belongs here knows the format; what
 * classes mean is asked of a {@link dev.engram.encoders.checkpoint.pickle.PickleClasses}.
 *
 * <p>Format: Python's {@code pickletools} documents every opcode of protocols 0 to 5.
 */
package dev.engram.encoders.checkpoint.pickle;
