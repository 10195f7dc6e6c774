// Citations in the rich-text editor: text such as [Petrou 2020, p. 14] that stands for
// <embed embedtype="citation">. The chooser picks or creates a reference, then asks for
// the place in it; editing a citation opens that second step at once.
(() => {
  const { DraftJS, React, draftail, jQuery, wagtail } = window;

  // The stock "Remove" takes the entity away and leaves its text, such as
  // [Petrou 2020, p. 14], behind as words. So removing is an edit that leaves nothing.
  let removing = false;

  class CitationSource extends draftail.ModalWorkflowSource {
    componentDidMount() {
      if (!removing) {
        super.componentDidMount();
        return;
      }
      removing = false;
      const { editorState, onComplete } = this.props;
      const changed = DraftJS.Modifier.removeRange(
        editorState.getCurrentContent(),
        editorState.getSelection(), // the citation
        "backward",
      );
      onComplete(DraftJS.EditorState.push(editorState, changed, "remove-range"));
    }

    getChooserConfig(entity) {
      const { choose, chosen } = this.props.entityType.chooserUrls;
      const { id, locator = "" } = entity ? entity.getData() : {};
      const onload = new window.ChooserModalOnloadHandlerFactory().getOnLoadHandlers();
      onload.locator = (modal) => {
        modal.ajaxifyForm(jQuery("form[data-locator]", modal.body));
        jQuery("a[data-another]", modal.body).on("click", (event) => {
          event.preventDefault();
          modal.loadUrl(event.currentTarget.href);
        });
        const field = jQuery("input[name=locator]", modal.body);
        field.trigger("focus");
        // A window that is still coming in takes the focus once it has.
        modal.container.one("shown.bs.modal", () => field.trigger("focus"));
      };
      return {
        url: id ? chosen.replace("/0/", `/${encodeURIComponent(id)}/`) : choose,
        urlParams: id ? { cite: 1, locator } : { cite: 1 },
        onload,
        responses: { chosen: this.onChosen },
      };
    }

    // The stock method knows only Wagtail's own types, and would turn selected words
    // into the citation.
    onChosen({ id, locator, label }) {
      const { editorState, entity, onComplete } = this.props;
      let selection = editorState.getSelection();
      if (!entity && !selection.isCollapsed()) {
        const end = { key: selection.getEndKey(), offset: selection.getEndOffset() };
        selection = selection.merge({
          anchorKey: end.key,
          anchorOffset: end.offset,
          focusKey: end.key,
          focusOffset: end.offset,
          isBackward: false,
        });
      }
      const content = editorState
        .getCurrentContent()
        .createEntity("CITATION", "IMMUTABLE", { id, locator, label });
      const key = content.getLastCreatedEntityKey();
      const changed = DraftJS.Modifier.replaceText(content, selection, label, null, key);
      this.workflow.close();
      onComplete(DraftJS.EditorState.push(editorState, changed, "insert-characters"));
    }
  }

  const Citation = (props) => {
    const { label } = props.contentState.getEntity(props.entityKey).getData();
    return React.createElement(draftail.TooltipEntity, {
      ...props,
      icon: React.createElement(wagtail.components.Icon, { name: "openquote" }),
      label,
      url: "",
      onRemove: (key) => {
        removing = true;
        props.onEdit(key);
      },
    });
  };

  draftail.registerPlugin(
    { type: "CITATION", source: CitationSource, decorator: Citation },
    "entityTypes",
  );
})();
