/** {@link dev.engram.store.ObjectStore} on any S3 server, through the MinIO client. Nothing outside this package sees the client's classes. */
package dev.engram.store.s3;
