package dev.engram.ui.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.fail;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.server.Command;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a page whose lock somebody else holds for as long as a test wants. */
class CallsTest {
  private final BusyPage page = new BusyPage();
  private final List<Integer> shown = new ArrayList<>();
  private final Calls calls = new Calls(new Div(), "test", failure -> fail(failure.toString()));

  @BeforeEach
  void open() {
    UI.setCurrent(page);
  }

  @AfterEach
  void leave() {
    calls.cancelAll();
    UI.setCurrent(null);
  }

  @Test
  void anAnswerIsShown() throws Exception {
    calls.ask(Uni.createFrom().item(1), shown::add);
    page.next().execute();
    assertEquals(List.of(1), shown);
  }

  /** The page shows another run by then. */
  @Test
  void anAnswerThatWaitedForThePageWhileItsCallWasGivenUpIsDropped() throws Exception {
    calls.ask(Uni.createFrom().item(1), shown::add);
    Command asked = page.next();
    calls.repeat(Duration.ofMillis(1), () -> Uni.createFrom().item(2), shown::add);
    Command repeated = page.next();
    calls.follow(() -> Multi.createFrom().item(3), shown::add);
    Command followed = page.next();
    calls.cancelAll();
    asked.execute();
    repeated.execute();
    followed.execute();
    assertEquals(List.of(), shown);

    calls.ask(Uni.createFrom().item(4), shown::add);
    page.next().execute();
    assertEquals(List.of(4), shown);
  }

  /** Otherwise the same lines of a log would be asked for, and shown, twice. */
  @Test
  void theNextQuestionIsAskedWhenTheAnswerBeforeWasShown() throws Exception {
    AtomicInteger questions = new AtomicInteger();
    calls.repeat(Duration.ofMillis(1), () -> Uni.createFrom().item(questions.incrementAndGet()), shown::add);
    Command first = page.next();
    Thread.sleep(200);
    assertEquals(1, questions.get());
    first.execute();
    page.next().execute();
    assertEquals(List.of(1, 2), shown);
  }

  private static final class BusyPage extends UI {
    private static final long serialVersionUID = 1L;

    private final transient BlockingQueue<Command> waiting = new LinkedBlockingQueue<>();

    @Override
    public Future<Void> access(Command command) {
      waiting.add(command);
      return new CompletableFuture<>();
    }

    Command next() throws InterruptedException {
      Command command = waiting.poll(60, TimeUnit.SECONDS);
      assertNotNull(command, "nothing was to be shown");
      return command;
    }
  }
}
