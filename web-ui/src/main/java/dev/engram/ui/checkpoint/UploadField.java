package dev.engram.ui.checkpoint;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentEventListener;
import com.vaadin.flow.component.DomEvent;
import com.vaadin.flow.component.EventData;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.dependency.JsModule;

/** Takes one file of the browser and puts it into the store, with its progress; see {@link UploadServlet}. */
@Tag("engram-upload")
@JsModule("context://engram/upload.js")
public final class UploadField extends Component {

  /** A file has arrived in the store. */
  @DomEvent("uploaded")
  public static final class Uploaded extends ComponentEvent<UploadField> {
    private final String upload;
    private final String file;

    public Uploaded(UploadField source, boolean fromClient, @EventData("event.detail.upload") String upload,
        @EventData("event.detail.file") String file) {
      super(source, fromClient);
      this.upload = upload;
      this.file = file;
    }

    /** {@code uploads/{upload}}. */
    public String upload() {
      return upload;
    }

    /** Its name at the person's. */
    public String file() {
      return file;
    }
  }

  /** Calls this when a file has arrived. */
  void onUploaded(ComponentEventListener<Uploaded> listener) {
    addListener(Uploaded.class, listener);
  }

  /** Says which file is there already. */
  void setFile(String name) {
    getElement().setProperty("file", name);
  }
}
