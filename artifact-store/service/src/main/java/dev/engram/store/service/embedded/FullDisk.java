package dev.engram.store.service.embedded;

import dev.engram.store.LocalFiles;
import java.io.InputStream;
import java.util.function.Supplier;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** Says that the disk is full where the server would say "internal error, try again". */
final class FullDisk extends ForwardingBlobStore {

    private static final int INSUFFICIENT_STORAGE = 507;

    FullDisk(BlobStore files) {
        super(files);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream bytes) {
        return told(() -> super.putBlob(request, bytes));
    }

    @Override
    public UploadPartResponse uploadMultipartPart(MultipartUpload upload, UploadPartRequest request, InputStream bytes) {
        return told(() -> super.uploadMultipartPart(upload, request, bytes));
    }

    @Override
    public CompleteMultipartUploadResponse completeMultipartUpload(MultipartUpload upload, CompleteMultipartUploadRequest request) {
        return told(() -> super.completeMultipartUpload(upload, request));
    }

    private static <T> T told(Supplier<T> write) {
        try {
            return write.get();
        } catch (RuntimeException e) {
            throw isFull(e) ? full(e) : e;
        }
    }

    private static boolean isFull(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (LocalFiles.isFull(String.valueOf(cause.getMessage()))) {
                return true;
            }
        }
        return false;
    }

    private static RuntimeException full(RuntimeException cause) {
        return S3Exception.builder()
                .statusCode(INSUFFICIENT_STORAGE)
                .awsErrorDetails(AwsErrorDetails.builder().errorCode("InsufficientStorage").errorMessage("no space left on the disk").build())
                .cause(cause)
                .build();
    }
}
