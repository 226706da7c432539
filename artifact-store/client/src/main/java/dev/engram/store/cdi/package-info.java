/** The store as beans of a service, configured by {@code engram.home}, {@code engram.s3.*} and {@code engram.db.*}. */
package dev.engram.store.cdi;
