/** What every reader of files needs: the exception that names file and byte, and the digest. Knows no format. */
package dev.engram.encoders.file;
