package dev.engram.ui.pair;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.engram.ui.form.RequestIds;
import dev.engram.ui.format.Kind;
import dev.engram.ui.rpc.Services;
import io.smallrye.mutiny.Uni;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * What a person can start on a pair.
 *
 * @param kind kind of the runs it makes
 * @param form makes the form
 * @param call sends a request of the form; its answer is the name of the run
 */
record Measure(Kind kind, Supplier<? extends MeasureForm> form, BiFunction<Services, Message, Uni<String>> call) {

  /** @param request what the form makes; it has a field {@code request_id} */
  static <R extends Message> Measure of(Kind kind, Supplier<? extends MeasureForm> form, Class<R> request, BiFunction<Services, R, Uni<String>> call) {
    return new Measure(kind, form, (services, message) -> call.apply(services, request.cast(message)));
  }

  /** Sends a request of the form; the same request again is the same run. */
  Uni<String> start(Services services, Message request, RequestIds ids) {
    FieldDescriptor id = request.getDescriptorForType().findFieldByName("request_id");
    return call.apply(services, request.toBuilder().setField(id, ids.of(request)).build());
  }
}
