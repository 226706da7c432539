package dev.engram.encoders.checkpoint;

/**
 * One entry of a zip file as its directory describes it.
 *
 * @param name as it is written; never used as a path
 * @param method 0 stored, 8 deflated
 * @param crc CRC-32 of the content; 0 where the writer did not compute it
 * @param compressed bytes in the file
 * @param size bytes of the content
 * @param header position of the local header
 */
record ZipEntry(String name, int method, long crc, long compressed, long size, long header) {
    static final int STORED = 0;
    static final int DEFLATED = 8;
}
