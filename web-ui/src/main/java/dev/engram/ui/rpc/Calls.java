package dev.engram.ui.rpc;

import static java.util.Objects.requireNonNull;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Calls made for one component. None blocks: an answer arrives on a worker thread and is handed to the component under the
 * session's lock. All are given up when the component leaves the page; an answer that was on its way by then, waiting for the lock, is dropped, as it may be
 * about something else than the component shows by now.
 *
 * <p>Blocking here instead would deadlock the page: the push connection takes the session's lock on the event loop, which is
 * also what delivers gRPC answers.
 */
public final class Calls {
  /** How long an answer may take if nothing else is said. */
  static final Duration PATIENCE = Duration.ofSeconds(15);

  private final String service;
  private final Duration patience;
  private final Consumer<Failure> failed;
  private final Waiting waiting;
  private final List<Cancellable> open = new ArrayList<>();
  private final List<Runnable> awaited = new ArrayList<>();
  private int given;

  /**
   * @param owner component the answers are for
   * @param service what a person calls the service, for failures
   * @param failed shows a failure; called under the session's lock
   */
  public Calls(Component owner, String service, Consumer<Failure> failed) {
    this(owner, service, PATIENCE, failed);
  }

  /** @param patience how long an answer may take */
  public Calls(Component owner, String service, Duration patience, Consumer<Failure> failed) {
    this.patience = requireNonNull(patience, "patience");
    this.service = requireNonNull(service, "service");
    this.failed = requireNonNull(failed, "failed");
    waiting = Waiting.of(owner);
    owner.addDetachListener(_ -> cancelAll());
  }

  /** Asks once; a failure goes to the consumer given to the constructor. */
  public <T> void ask(Uni<T> call, Consumer<T> answered) {
    ask(call, answered, failed);
  }

  /** Asks once. */
  public <T> void ask(Uni<T> call, Consumer<T> answered, Consumer<Failure> failed) {
    Show show = new Show(UI.getCurrent(), given);
    Runnable came = awaits();
    open.add(call.ifNoItem().after(patience).fail()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .subscribe().with(
            answer -> show.run(() -> {
              came.run();
              answered.accept(answer);
            }),
            thrown -> show.run(() -> {
              came.run();
              failed.accept(Failure.of(thrown, service));
            })));
  }

  /** Asks now and again after each answer was shown, until cancelled; failures go to the consumer given to the constructor. */
  public <T> void repeat(Duration pause, Supplier<Uni<T>> call, Consumer<T> answered) {
    repeat(pause, call, answered, failed);
  }

  /** Asks now and again after each answer was shown, so that a question may depend on the answer before, until cancelled; a failure is told and the asking goes on. */
  public <T> void repeat(Duration pause, Supplier<Uni<T>> call, Consumer<T> answered, Consumer<Failure> failed) {
    Show show = new Show(UI.getCurrent(), given);
    Runnable came = awaits();
    open.add(Multi.createBy().repeating()
        .uni(() -> call.get().ifNoItem().after(patience).fail()
            .map(answer -> (Runnable) () -> answered.accept(answer))
            .onFailure().recoverWithItem(thrown -> () -> failed.accept(Failure.of(thrown, service)))
            .emitOn(Infrastructure.getDefaultWorkerPool())
            .chain(step -> show.done(() -> {
              came.run();
              step.run();
            })))
        .withDelay(pause).indefinitely()
        .subscribe().with(_ -> { }));
  }

  /**
   * Follows a stream until the server ends it; when it breaks, the failure is shown and the stream opened anew after a pause.
   *
   * @param stream opens the stream; called again after each break, so it can say what was seen already
   */
  public <T> void follow(Supplier<Multi<T>> stream, Consumer<T> answered) {
    Show show = new Show(UI.getCurrent(), given);
    open.add(Multi.createFrom().deferred(stream::get)
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .onFailure().invoke(thrown -> show.run(() -> failed.accept(Failure.of(thrown, service))))
        .onFailure(thrown -> Failure.of(thrown, service).transientFailure())
        .retry().withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(5)).indefinitely()
        .emitOn(Infrastructure.getDefaultWorkerPool())
        .subscribe().with(answer -> show.run(() -> answered.accept(answer)), _ -> { }));
  }

  /** Gives up whatever is still open. To be called under the session's lock. */
  public void cancelAll() {
    given++;
    open.forEach(Cancellable::cancel);
    open.clear();
    awaited.forEach(Runnable::run);
    awaited.clear();
  }

  private Runnable awaits() {
    Runnable came = waiting.begin();
    awaited.add(came);
    return came;
  }

  /** Hands changes to the page of a call, unless the call has been given up. */
  private final class Show {
    private final UI ui;
    private final int asked;

    Show(UI ui, int asked) {
      this.ui = ui;
      this.asked = asked;
    }

    void run(Runnable change) {
      run(change, () -> { });
    }

    /** Completes when the change has been made, or nobody is there to see it. */
    Uni<Boolean> done(Runnable change) {
      return Uni.createFrom().emitter(emitter -> run(change, () -> emitter.complete(true)));
    }

    private void run(Runnable change, Runnable then) {
      try {
        ui.access(() -> {
          try {
            if (asked == given) {
              change.run();
            }
          } finally {
            then.run();
          }
        });
      } catch (UIDetachedException e) {
        // The person has left; there is nobody to show it to.
        then.run();
      }
    }
  }
}
