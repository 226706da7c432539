package dev.engram.ui.encoder;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.html.Div;
import dev.engram.ui.checkpoint.ReportPanel;
import dev.engram.ui.component.ErrorNotice;
import dev.engram.ui.rpc.Calls;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.Encoder;
import dev.engram.v1.GetImportReportRequest;

/** How an encoder was brought in: what its import loaded, and what it did not. How it was trained is not known here. */
final class ImportReportPanel extends Div {
  private final Services services;
  private final Encoder encoder;
  private final ErrorNotice notice = new ErrorNotice();
  private final Calls calls = new Calls(this, "checkpoint", notice::show);

  ImportReportPanel(Services services, Encoder encoder) {
    this.services = services;
    this.encoder = encoder;
    addClassName("stack");
    add(notice);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    calls.ask(services.checkpoints().getImportReport(GetImportReportRequest.newBuilder().setName(encoder.getName()).build()),
        report -> add(new ReportPanel("The file", report, null)));
  }
}
