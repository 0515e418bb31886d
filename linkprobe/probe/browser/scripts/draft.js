// What stands in a field that is written into: a form's field, or an element that can be edited.
((selector) => {
  const el = document.querySelector(selector);
  return el ? ("value" in el ? el.value : el.innerText) || "" : "";
})
