// The link chooser of rich text narrows its pages to a type and, after a page was chosen,
// asks for a heading of it.
// The step is core.views.headings; a page without headings is linked as before.
(() => {
  const { draftail, jQuery } = window;

  function choiceOf(pageTypes, current) {
    const select = document.createElement("select");
    select.className = "w-mb-4";
    select.setAttribute("aria-label", pageTypes.label);
    for (const [value, label] of pageTypes.choices) {
      select.add(new Option(label, value, false, value === current));
    }
    return select;
  }

  class LinkSource extends draftail.LinkModalWorkflowSource {
    getChooserConfig(entity, selectedText) {
      const config = super.getChooserConfig(entity, selectedText);
      const { chooserUrls: { pageChooser }, pageTypes } = this.props.entityType;
      let chosen;
      let type = config.urlParams.page_type;
      let loads = false;
      let words = "";
      return {
        ...config,
        onload: {
          ...config.onload,
          browse: (modal, data) => {
            config.onload.browse(modal, data);
            const select = choiceOf(pageTypes, type);
            const search = modal.body.find("#id_q");
            // Typed while the pages of another type were on their way.
            if (loads && words) search.val(words).trigger("input");
            loads = false;
            words = search.val();
            search.on("input", () => { words = search.val(); });
            select.addEventListener("change", () => {
              type = select.value;
              loads = true;
              modal.loadUrl(pageChooser, { ...config.urlParams, page_type: type });
            });
            modal.body.find(".page-results").first().before(select);
          },
          headings: (modal) => {
            jQuery("[data-fragment]", modal.body).on("click", ({ currentTarget }) => {
              const { fragment } = currentTarget.dataset;
              const url = fragment ? `${chosen.url}#${fragment}` : chosen.url;
              this.onChosen({ ...chosen, url, fragment });
            });
            const first = jQuery("[data-fragment]", modal.body).first();
            first.trigger("focus");
            // A window that is still coming in takes the focus once it has.
            modal.container.one("shown.bs.modal", () => first.trigger("focus"));
          },
          whole_page: () => this.onChosen(chosen),
        },
        responses: {
          ...config.responses,
          pageChosen: (data) => {
            if (!data.id) {
              this.onChosen(data);
              return;
            }
            chosen = data;
            // Wagtail closes the window next: not yet.
            const { workflow } = this;
            const { close } = workflow;
            workflow.close = () => { workflow.close = close; };
            workflow.loadUrl(`${pageChooser}${data.id}/headings/`);
          },
        },
      };
    }

    filterEntityData(data) {
      const { fragment } = data;
      return { ...super.filterEntityData(data), ...(fragment ? { fragment } : {}) };
    }
  }

  // Only the source of Wagtail's own plugin is replaced. The registry is what registering
  // returns.
  const plugins = draftail.registerPlugin({ type: "HEADING-LINKS" }, "entityTypes");
  delete plugins["HEADING-LINKS"];
  plugins.LINK = { ...plugins.LINK, source: LinkSource };
})();
