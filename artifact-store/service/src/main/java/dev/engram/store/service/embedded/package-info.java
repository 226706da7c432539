/** An S3 server and a SQL server in this process, on a local folder, for a machine that has neither. */
package dev.engram.store.service.embedded;
